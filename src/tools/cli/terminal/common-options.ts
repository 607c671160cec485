import { type Command, InvalidArgumentError, Option } from "commander";
import { CommandLine } from "./command-line.ts";
import { FORMATS, type Format } from "./output.ts";

/** The options of every command. */
export interface CommonOptions {
  readonly format: Format;
  readonly verbose?: true;
}

/** The options of every command that reads a deployed stage. */
export interface StageArguments extends CommonOptions {
  readonly stage?: string;
  readonly region?: string;
  readonly param?: readonly string[];
}

/** The help of a command. */
export interface CommandHelp {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** Paragraphs. */
  readonly description: readonly string[];
  /** Command lines, each with its purpose. */
  readonly examples: readonly (readonly [line: string, what: string])[];
}

const helps = new WeakMap<Command, CommandHelp>();

/** A command; its help ends with the examples. */
export function createCommand(help: CommandHelp): Command {
  const { name, summary, description, examples } = help;
  const lines = examples.map(([line, what]) => `  # ${what}\n  $ claimgate ${line}`);
  const command = new CommandLine(name)
    .summary(summary)
    .description(description.join("\n\n"))
    .addHelpText("after", `\nExamples:\n${lines.join("\n")}`);
  helps.set(command, help);
  return command;
}

/** The help of a command from {@link createCommand}; docs/cli.md is generated from it. */
export function helpOf(command: Command): CommandHelp | undefined {
  return helps.get(command);
}

/** Adds the options that go to the framework unchanged. */
export function withStageOptions(command: Command): Command {
  return command
    .option("--region <region>", "the AWS region (default: the one of serverless.yml)")
    .option("--param <name=value>", "a stage parameter, as for sls (repeatable)", collectParam);
}

/** Adds the options of all commands. */
export function withCommonOptions(command: Command, formats: readonly Format[] = FORMATS): Command {
  return command
    .addOption(new Option("--format <format>", "the output format").choices(formats).default("pretty"))
    .option("--verbose", "print more: every comparison, and the cause of an error");
}

function collectParam(text: string, before: readonly string[] = []): readonly string[] {
  if (!/^[^=\s]+=/.test(text)) throw new InvalidArgumentError("expected name=value");
  return [...before, text];
}
