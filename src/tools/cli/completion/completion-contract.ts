export interface CompletionJson {
  readonly shell: "bash" | "zsh" | "fish";
  readonly script: string;
}
