import type { Argument, Command, Option } from "commander";

/** The kind of a value: one of some words, a file or directory, or anything. */
export type ValueKind =
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "files" }
  | { readonly kind: "any" };

export interface CompletedOption {
  /** `--output` and, if it has one, `-o`. */
  readonly flags: readonly string[];
  readonly description: string;
  /** Undefined for a switch. */
  readonly value: ValueKind | undefined;
}

export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** The kind of its first argument; undefined if it has none. */
  readonly argument: ValueKind | undefined;
}

/** The command line for completion, read from the program itself. */
export interface CommandTree {
  readonly name: string;
  readonly commands: readonly CompletedCommand[];
  readonly options: readonly CompletedOption[];
}

export function commandTree(program: Command): CommandTree {
  const commands = program.commands.map(completedCommand);
  const help: CompletedCommand = {
    name: "help",
    summary: "explain a command",
    options: [],
    argument: { kind: "words", words: commands.map(({ name }) => name) },
  };
  return { name: program.name(), commands: [...commands, help], options: optionsOf(program) };
}

function completedCommand(command: Command): CompletedCommand {
  const [argument] = command.registeredArguments;
  return {
    name: command.name(),
    summary: command.summary(),
    options: optionsOf(command),
    argument: argument === undefined ? undefined : argumentKind(argument),
  };
}

function optionsOf(command: Command): readonly CompletedOption[] {
  const shown = command.createHelp().visibleOptions(command);
  return shown.map((option) => ({
    flags: [option.long, option.short].filter((flag) => typeof flag === "string"),
    description: option.description,
    value: option.required || option.optional ? optionKind(option) : undefined,
  }));
}

function optionKind({ argChoices, flags }: Option): ValueKind {
  return kindOf(argChoices, /<([a-z]+)/.exec(flags)?.[1]);
}

function argumentKind(argument: Argument): ValueKind {
  return kindOf(argument.argChoices, argument.name());
}

/** Whether a placeholder names a file: `<dir>`, `<file>`, `<log...>`. */
function kindOf(choices: readonly string[] | undefined, placeholder: string | undefined): ValueKind {
  if (choices !== undefined) return { kind: "words", words: choices };
  return placeholder !== undefined && /^(dir|file|files|log|path|base|head|glob|globs)$/.test(placeholder)
    ? { kind: "files" }
    : { kind: "any" };
}
