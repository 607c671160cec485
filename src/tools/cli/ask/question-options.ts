import { type Command, InvalidArgumentError } from "commander";

/** The options of `can` and `explain` besides the question. */
export function withQuestionOptions(command: Command): Command {
  return command
    .option("--claim <name=value>", "a claim of the token, for conditions (repeatable)", collect)
    .option("--param <name=value>", "a path parameter, for conditions (repeatable)", collect)
    .option(
      "--age <seconds>",
      "how long ago the user signed in, for `max_age` (default: that of the token)",
      seconds,
    )
    .option("--client <name>", "the app that the user signed in to, where the policy has `p3` rows")
    .option("--scope <scope>", "a scope of that app's token (repeatable)", collect)
    .option("--token <file>", "read the subjects from an access token; - is standard input")
    .option("--jwks <file>", "verify the token with this key set (default: only decode it)");
}

function seconds(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("expected a whole number of seconds");
}

function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}
