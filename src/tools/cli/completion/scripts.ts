import type { CommandTree, CompletedCommand, CompletedOption, ValueKind } from "./command-tree.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof SHELLS)[number];

/** A completion script for a shell. It is static: pressing Tab starts no program. */
export function completionScript(shell: Shell, tree: CommandTree): string {
  switch (shell) {
    case "bash":
      return bashScript(tree);
    case "zsh":
      return zshScript(tree);
    case "fish":
      return fishScript(tree);
  }
}

const flagsOf = (options: readonly CompletedOption[]) => options.flatMap(({ flags }) => flags);

/** One branch for each option with a value: `"replay --fail-on"` and its completions. */
function valueBranches(tree: CommandTree, follow: (value: ValueKind) => string): string {
  return tree.commands
    .flatMap(({ name, options }) =>
      options.flatMap(({ flags, value }) =>
        value === undefined
          ? []
          : [`    ${flags.map((flag) => quoted(`${name} ${flag}`)).join("|")}) ${follow(value)}; return ;;`],
      ),
    )
    .join("\n");
}

function bashScript(tree: CommandTree): string {
  const words = (list: readonly string[]) => `COMPREPLY=($(compgen -W ${quoted(list.join(" "))} -- "$cur"))`;
  // An empty answer falls back to `-o default`, which completes file names.
  const value = (kind: ValueKind) => (kind.kind === "words" ? words(kind.words) : ":");
  const argument = ({ argument: kind }: CompletedCommand) => (kind === undefined ? ":" : value(kind));
  const top = [...tree.commands.map(({ name }) => name), ...flagsOf(tree.options)];
  return `# Completion of ${tree.name} for bash: source <(${tree.name} completion bash)
_${tree.name}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command="" i
  COMPREPLY=()
  # --option=value comes as three words.
  if [[ $cur == "=" ]]; then cur=""; elif [[ $previous == "=" ]]; then previous=\${COMP_WORDS[COMP_CWORD - 2]}; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [[ \${COMP_WORDS[i]} != -* ]]; then command=\${COMP_WORDS[i]}; break; fi
  done
  case "$command $previous" in
${valueBranches(tree, value)}
  esac
  case "$command" in
    "") ${words(top)} ;;
${tree.commands
  .map((command) => {
    const flags = words(flagsOf(command.options));
    return `    ${command.name}) if [[ $cur == -* ]]; then ${flags}; else ${argument(command)}; fi ;;`;
  })
  .join("\n")}
  esac
}
complete -o default -F _${tree.name} ${tree.name}
`;
}

function zshScript(tree: CommandTree): string {
  const value = (kind: ValueKind) => {
    if (kind.kind === "words") return `compadd -- ${kind.words.map(quoted).join(" ")}`;
    return kind.kind === "files" ? "_files" : ":";
  };
  const described = (items: readonly (readonly [string, string])[]) =>
    items.map(([name, text]) => quoted(`${name.replaceAll(":", "\\:")}:${text}`)).join(" ");
  const options = (list: readonly CompletedOption[]) =>
    described(list.flatMap(({ flags, description }) => flags.map((flag) => [flag, description] as const)));
  return `#compdef ${tree.name}
# Completion of ${tree.name} for zsh: source <(${tree.name} completion zsh)
_${tree.name}() {
  local command="" previous=\${words[CURRENT-1]} word
  local -a known
  for word in \${words[2,CURRENT-1]}; do
    if [[ $word != -* ]]; then command=$word; break; fi
  done
  case "$command $previous" in
${valueBranches(tree, value)}
  esac
  case "$command" in
    "")
      known=(${described(tree.commands.map(({ name, summary }) => [name, summary]))})
      if [[ $words[CURRENT] == -* ]]; then known=(${options(tree.options)}); fi
      _describe ${tree.name} known ;;
${tree.commands
  .map((command) => {
    const argument = command.argument === undefined ? ":" : value(command.argument);
    return `    ${command.name})
      known=(${options(command.options)})
      if [[ $words[CURRENT] == -* ]]; then _describe option known; else ${argument}; fi ;;`;
  })
  .join("\n")}
  esac
}
if ! (( $+functions[compdef] )); then autoload -Uz compinit && compinit; fi
compdef _${tree.name} ${tree.name}
`;
}

function fishScript(tree: CommandTree): string {
  const line = (...parts: readonly string[]) => ["complete -c", tree.name, ...parts].join(" ");
  const value = (kind: ValueKind | undefined) => {
    if (kind === undefined) return [];
    if (kind.kind === "words") return ["-x", "-a", fishQuoted(kind.words.join(" "))];
    return kind.kind === "files" ? ["-r", "-F"] : ["-x"];
  };
  const option = (when: string, { flags, description, value: kind }: CompletedOption) =>
    line(
      "-n",
      when,
      ...flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`)),
      ...value(kind),
      "-d",
      fishQuoted(description),
    );
  const lines = tree.commands.flatMap(({ name, summary, options, argument }) => {
    const when = fishQuoted(`__fish_seen_subcommand_from ${name}`);
    return [
      line("-n", "__fish_use_subcommand", "-a", name, "-d", fishQuoted(summary)),
      ...options.map((one) => option(when, one)),
      ...(argument?.kind === "files" ? [line("-n", when, "-F")] : []),
      ...(argument?.kind === "words" ? [line("-n", when, "-a", fishQuoted(argument.words.join(" ")))] : []),
    ];
  });
  return `# Completion of ${tree.name} for fish: ${tree.name} completion fish | source
${line("-f")}
${[...tree.options.map((one) => option("__fish_use_subcommand", one)), ...lines].join("\n")}
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function fishQuoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
