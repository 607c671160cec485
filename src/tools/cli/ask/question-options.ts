import type { Command } from "commander";

/** What `can` and `explain` take beside the question. */
export function withQuestionOptions(command: Command): Command {
  return command
    .option("--claim <name=value>", "a claim of the token, for conditions; may be repeated", collect)
    .option("--param <name=value>", "a path parameter, for conditions; may be repeated", collect)
    .option("--token <file>", "take the subjects from an access token; - is standard input")
    .option("--jwks <file>", "verify the token with this key set; else it is only decoded");
}

function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}
