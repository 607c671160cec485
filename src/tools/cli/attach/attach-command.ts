import type { Command } from "commander";
import { Option } from "commander";
import { TRIGGER_VERSIONS } from "../../deployment/pool-update/trigger.ts";
import { createCommand, withCommonOptions, withStageOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import type { AttachArguments } from "./run-attach.ts";

export function attachCommand(run: Run): Command {
  const command = createCommand({
    name: "attach",
    summary: "set the triggers on a user pool that already exists",
    description: [
      "Sets the triggers of a deployed stage on a user pool that is not of its stack, and keeps every other setting of the pool.",
      "It reads the pool, shows what changes, writes the former settings to a file, updates the pool, and reads it again to see that nothing else changed. A setting that it does not know, a trigger that is another function's, or a function that the pool may not invoke stops it before anything is changed. Running it again changes nothing.",
      "Ends with 0 if the triggers are set, 2 if it refused or something else changed, 1 if it could not run.",
    ],
    examples: [
      ["attach --stage prod --user-pool-id eu-west-1_EXAMPLE --dry-run", "what would change?"],
      ["attach --stage prod --user-pool-id eu-west-1_EXAMPLE", "change it"],
    ],
  });
  command
    .requiredOption("--stage <name>", "the deployed stage whose functions are the triggers")
    .option("--user-pool-id <id>", "the pool (default: the stage parameter existingUserPoolId)")
    .addOption(
      new Option(
        "--trigger-version <version>",
        "of pre-token-generation (default: the stage parameter preTokenGenerationVersion)",
      ).choices(TRIGGER_VERSIONS),
    )
    .option("--replace", "take over triggers that are another function's")
    .option("--dry-run", "only show what would change")
    .option("--backup <file>", "where to write the former settings (default: a new file in .claimgate/)");
  return withCommonOptions(withStageOptions(command)).action((options: AttachArguments) =>
    run(options, async (context) => (await import("./run-attach.ts")).runAttach(context, options)),
  );
}
