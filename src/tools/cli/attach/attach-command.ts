import type { Command } from "commander";
import { Option } from "commander";
import { TRIGGER_VERSIONS } from "../../deployment/pool-update/trigger.ts";
import { createCommand, withCommonOptions, withStageOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import type { AttachArguments } from "./run-attach.ts";

export function attachCommand(run: Run): Command {
  const command = createCommand({
    name: "attach",
    summary: "set the triggers of an existing user pool",
    description: [
      "Sets the triggers of a deployed stage on a user pool outside its stack, and keeps every other setting of the pool.",
      "Reads the pool, shows the changes, writes the former settings to a file, updates the pool, and reads it again to verify that nothing else changed. It stops before any change if the pool has an unknown setting or a trigger of another function, or may not invoke a function. Running it again changes nothing.",
      "Exit status 0 if the triggers are set, 2 if it refused or something else changed, 1 if it could not run.",
    ],
    examples: [
      ["attach --stage prod --user-pool-id eu-west-1_EXAMPLE --dry-run", "what would change?"],
      ["attach --stage prod --user-pool-id eu-west-1_EXAMPLE", "change it"],
    ],
  });
  command
    .requiredOption("--stage <name>", "the deployed stage with the trigger functions")
    .option("--user-pool-id <id>", "the pool (default: the stage parameter existingUserPoolId)")
    .addOption(
      new Option(
        "--trigger-version <version>",
        "the version of pre-token-generation (default: the output PreTokenGenerationVersion of the stack)",
      ).choices(TRIGGER_VERSIONS),
    )
    .option("--replace", "replace triggers of other functions")
    .option("--dry-run", "only show what would change")
    .option("--backup <file>", "the file for the former settings (default: a new file in .claimgate/)");
  return withCommonOptions(withStageOptions(command)).action((options: AttachArguments) =>
    run(options, async (context) => (await import("./run-attach.ts")).runAttach(context, options)),
  );
}
