import { type Argument, Command, InvalidArgumentError, Option } from "commander";
import { nearest } from "../../../policy/suggestion.ts";
import { CommandError } from "../../machine/command-error.ts";

/**
 * A command whose complaints about the command line read like all other errors. The methods without a type are
 * commander's own, each of which writes one message; test/unit/tools/cli/terminal/command-line.test.ts provokes every
 * one of them, so that a new version of commander cannot bring its own words back unnoticed.
 */
export class CommandLine extends Command {
  /** Whatever else commander complains about. */
  override error(message: string): never {
    return refuse(this, message.replace(/^error: /, ""));
  }

  missingArgument(name: string): never {
    return refuse(this, `the argument \`<${name}>\` is missing`);
  }

  optionMissingArgument(option: Option): never {
    return refuse(this, `\`${option.flags}\` has no value`);
  }

  missingMandatoryOptionValue(option: Option): never {
    return refuse(this, `the option \`${option.flags}\` is missing`);
  }

  unknownOption(flag: string): never {
    const [name = flag] = flag.split("=");
    const options = [this, ...(this.parent === null ? [] : [this.parent])].flatMap((command) =>
      command.createHelp().visibleOptions(command),
    );
    const known = options.flatMap(({ long }) => long ?? []);
    return refuse(this, `unknown option \`${name}\``, didYouMean(name, known));
  }

  unknownCommand(name = this.args[0] ?? ""): never {
    const known = this.createHelp()
      .visibleCommands(this)
      .map((command) => command.name());
    return refuse(this, `unknown command \`${name}\``, didYouMean(name, known));
  }

  /** `claimgate help NAME`; commander's own shows the list of commands for an unknown name. */
  _dispatchHelpCommand(name: string | undefined): unknown {
    const known = this.commands.some((command) => command.name() === name);
    if (name !== undefined && name !== "help" && !known) return this.unknownCommand(name);
    return DISPATCH_HELP.call(this, name);
  }

  _excessArguments(received: readonly string[]): never {
    const expected = this.registeredArguments.length;
    const what = expected === 0 ? "no argument" : expected === 1 ? "one argument" : `${expected} arguments`;
    const message = `expected ${what}, found ${received.length}`;
    const fix = expected === 0 ? undefined : "put a value with spaces in quotes";
    return refuse(this, message, fix);
  }

  _callParseArg(target: Option | Argument, value: string, previous: unknown): unknown {
    const name = target instanceof Option ? (target.long ?? target.flags) : `<${target.name()}>`;
    try {
      return target.parseArg?.(value, previous as never);
    } catch (error) {
      if (error instanceof RefusedArgument) return refuse(this, error.message, error.fix);
      if (!(error instanceof InvalidArgumentError)) throw error;
      const choices = target.argChoices;
      const expected =
        choices === undefined
          ? error.message
          : `expected ${choices
              .map((choice) => `\`${choice}\``)
              .join(", ")
              .replace(/, (?=[^,]*$)/, " or ")}`;
      const fix = choices === undefined ? undefined : didYouMean(value, choices);
      return refuse(this, `\`${name}\` is \`${value}\`; ${expected}`, fix);
    }
  }
}

const { _dispatchHelpCommand: DISPATCH_HELP } = Command.prototype as unknown as {
  readonly _dispatchHelpCommand: (this: Command, name: string | undefined) => unknown;
};

/**
 * Refuses a command line, with a fix or the way to the help.
 * @throws CommandError `command_usage`
 */
export function refuse(command: Command, message: string, fix?: string): never {
  const help = command.parent === null ? "claimgate help" : `claimgate ${command.name()} --help`;
  throw new CommandError("command_usage", message, { fix: fix ?? `see \`${help}\`` });
}

/** The former name of an option: as an unknown one it would not say what it is called now. */
export function formerOption(flags: string, now: string): Option {
  const option = new Option(flags).hideHelp();
  return option.argParser(() => {
    throw new RefusedArgument(`\`${option.long ?? flags}\` was renamed to \`${now}\``, `write \`${now}\``);
  });
}

/** Why an argument is refused, with the fix. */
export class RefusedArgument extends InvalidArgumentError {
  readonly fix: string;

  constructor(message: string, fix: string) {
    super(message);
    this.fix = fix;
  }
}

function didYouMean(name: string, known: readonly string[]): string | undefined {
  const meant = nearest(name, known);
  return meant === undefined ? undefined : `did you mean \`${meant}\`?`;
}
