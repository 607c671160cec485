export interface BundleJson {
  readonly directory: string; // as given
  readonly policyVersion: string; // 16 hex digits
  readonly functions: readonly {
    readonly name: string;
    readonly archive: string; // NAME.zip
    readonly bytes: number;
    readonly sha256: string; // base64
  }[];
  readonly written: boolean; // false with --check
  readonly stale: string | null; // why the files differ from the policy; null if they do not
}
