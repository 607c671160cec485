import type { Command } from "commander";
import { createCommand, withCommonOptions, withStageOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import type { DetachArguments } from "./run-detach.ts";

export function detachCommand(run: Run): Command {
  const command = createCommand({
    name: "detach",
    summary: "remove the triggers from that user pool",
    description: [
      "Removes the triggers of a stage from a user pool, and nothing else. Triggers of other functions stay.",
      "Run it before `sls remove`: a pool whose trigger functions are deleted refuses every sign-up and sign-in. It also works afterwards.",
      "Exit status 0 if the triggers are removed, 2 if it refused or something else changed, 1 if it could not run.",
    ],
    examples: [
      ["detach --stage prod --user-pool-id eu-west-1_EXAMPLE --dry-run", "what would change?"],
      ["detach --stage prod --user-pool-id eu-west-1_EXAMPLE", "change it"],
    ],
  });
  command
    .requiredOption("--stage <name>", "the stage with the trigger functions")
    .option("--user-pool-id <id>", "the pool (default: the stage parameter existingUserPoolId)")
    .option("--dry-run", "only show what would change")
    .option("--backup <file>", "the file for the former settings (default: a new file in .claimgate/)");
  return withCommonOptions(withStageOptions(command)).action((options: DetachArguments) =>
    run(options, async (context) => (await import("./run-detach.ts")).runDetach(context, options)),
  );
}
