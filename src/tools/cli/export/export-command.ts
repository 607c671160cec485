import { Argument, type Command } from "commander";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import { EXPORT_TARGETS, type ExportArguments, type ExportTarget } from "./export-arguments.ts";

export function exportCommand(run: Run): Command {
  const command = createCommand({
    name: "export",
    summary: "convert the policy for another system",
    description: [
      "`cedar` writes a schema and policies of Cedar, as Amazon Verified Permissions takes them, to a directory of its own: a file for each policy, named after its row, the shape of requests, and a README. For every token, route and permission Cedar then decides as claimgate decides, by the same rows. docs/to-cedar.md has what becomes what, and how to ask.",
      "Rows about sign-up and directories are not exported: they are not about requests. If a row cannot be said exactly, nothing is written.",
      "Exit status 0, or 3 if a row is refused or the policy is invalid.",
    ],
    examples: [
      ["export cedar -o cedar", "for Amazon Verified Permissions"],
      ["export cedar -o cedar --namespace Orders", "with another namespace"],
    ],
  });
  command
    .addArgument(new Argument("<target>", "what to export to").choices(EXPORT_TARGETS))
    .requiredOption("-o, --output <dir>", "the directory to write")
    .option("--namespace <name>", "the namespace of entity types in Cedar", "Claimgate");
  return withCommonOptions(withPolicyOption(command)).action(
    (target: ExportTarget, options: ExportArguments) =>
      run(options, async (context) => (await import("./run-export.ts")).runExport(context, target, options)),
  );
}
