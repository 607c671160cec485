import type { Command } from "commander";
import { createCommand, withCommonOptions, withStageOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import type { DetachArguments } from "./run-detach.ts";

export function detachCommand(run: Run): Command {
  const command = createCommand({
    name: "detach",
    summary: "take the triggers off that user pool again",
    description: [
      "Takes the triggers of a stage off a user pool, and nothing else. Triggers that are another function's stay.",
      "Run it before `sls remove`: a pool that calls functions that are gone refuses every sign-up and sign-in. It works afterwards, too.",
      "Ends with 0 if the triggers are off, 2 if it refused or something else changed, 1 if it could not run.",
    ],
    examples: [
      ["detach --stage prod --user-pool-id eu-west-1_EXAMPLE --dry-run", "what would change?"],
      ["detach --stage prod --user-pool-id eu-west-1_EXAMPLE", "change it"],
    ],
  });
  command
    .requiredOption("--stage <name>", "the stage whose functions are the triggers")
    .option("--user-pool-id <id>", "the pool (default: the stage parameter existingUserPoolId)")
    .option("--dry-run", "only show what would change")
    .option("--backup <file>", "where to write the former settings (default: a new file in .claimgate/)");
  return withCommonOptions(withStageOptions(command)).action((options: DetachArguments) =>
    run(options, async (context) => (await import("./run-detach.ts")).runDetach(context, options)),
  );
}
