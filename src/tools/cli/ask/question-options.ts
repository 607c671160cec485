import type { Command } from "commander";

/** The options of `can` and `explain` besides the question. */
export function withQuestionOptions(command: Command): Command {
  return command
    .option("--claim <name=value>", "a claim of the token, for conditions (repeatable)", collect)
    .option("--param <name=value>", "a path parameter, for conditions (repeatable)", collect)
    .option("--client <name>", "the app that the user signed in to, where the policy has `p3` rows")
    .option("--scope <scope>", "a scope of that app's token (repeatable)", collect)
    .option("--token <file>", "read the subjects from an access token; - is standard input")
    .option("--jwks <file>", "verify the token with this key set (default: only decode it)");
}

function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}
