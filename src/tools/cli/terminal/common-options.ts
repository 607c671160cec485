import { Command, InvalidArgumentError, Option } from "commander";
import { FORMATS, type Format } from "./output.ts";

/** What every command takes. */
export interface CommonOptions {
  readonly format: Format;
  readonly verbose?: true;
}

/** What every command that looks at a deployed stage takes. */
export interface StageArguments extends CommonOptions {
  readonly stage?: string;
  readonly region?: string;
  readonly param?: readonly string[];
}

/** What a command says about itself. */
export interface CommandHelp {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** Paragraphs. */
  readonly description: readonly string[];
  /** Command lines, each with what it is for. */
  readonly examples: readonly (readonly [line: string, what: string])[];
}

const helps = new WeakMap<Command, CommandHelp>();

/** A command; its help ends with the examples. */
export function createCommand(help: CommandHelp): Command {
  const { name, summary, description, examples } = help;
  const lines = examples.map(([line, what]) => `  # ${what}\n  $ claimgate ${line}`);
  const command = new Command(name)
    .summary(summary)
    .description(description.join("\n\n"))
    .addHelpText("after", `\nExamples:\n${lines.join("\n")}`);
  helps.set(command, help);
  return command;
}

/** What a command of {@link createCommand} says about itself; docs/cli.md is made of it. */
export function helpOf(command: Command): CommandHelp | undefined {
  return helps.get(command);
}

/** Adds what the framework is given as it stands. */
export function withStageOptions(command: Command): Command {
  return command
    .option("--region <region>", "the AWS region (default: the one of serverless.yml)")
    .option("--param <name=value>", "a stage parameter, as for sls; may be repeated", collectParam);
}

/** Adds what all commands have. */
export function withCommonOptions(command: Command, formats: readonly Format[] = FORMATS): Command {
  return command
    .addOption(new Option("--format <format>", "how to print").choices(formats).default("pretty"))
    .option("--verbose", "say more: every check, and the cause of an error");
}

function collectParam(text: string, before: readonly string[] = []): readonly string[] {
  if (!/^[^=\s]+=/.test(text)) throw new InvalidArgumentError("expected name=value.");
  return [...before, text];
}
