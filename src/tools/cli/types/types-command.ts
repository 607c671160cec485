import type { Command } from "commander";
import { createCommand, withCommonOptions, withStageOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { TypesArguments } from "./run-types.ts";

export function typesCommand(run: Run): Command {
  const command = createCommand({
    name: "types",
    summary: "write the names of the policy as TypeScript types",
    description: [
      'Writes the unions `Permission`, `Route`, `Role`, `Group` and `Client`, and registers them: from then on, `requirePermission("orders:reed")` does not compile. Without the file every string compiles. docs/types.md has the details.',
      "--service adds the routes, groups and app clients of serverless.yml, which takes some seconds. The same policy gives the same bytes.",
      "Exit status 0, 3 if the policy has errors, 2 if --check finds the file stale or missing.",
    ],
    examples: [
      ["types -o src/claimgate-names.ts", "the names of policies/"],
      ["types -o src/claimgate-names.ts --check", "in CI"],
      ["types -o -", "to standard output"],
    ],
  });
  command
    .requiredOption(
      "-o, --output <file>",
      "the file to write or to compare, .ts or .d.ts; - is standard output",
    )
    .option("--check", "write nothing; exit status 2 if the file is stale")
    .option("--service", "add the names of serverless.yml as the framework resolves it")
    .option("--stage <name>", "the stage to resolve");
  withStageOptions(withPolicyOption(command));
  return withCommonOptions(command).action((options: TypesArguments) =>
    run(options, async (context) => (await import("./run-types.ts")).runTypes(context, options)),
  );
}
