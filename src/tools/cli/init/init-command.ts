import type { Command } from "commander";
import { createCommand, withCommonOptions, withStageOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { InitArguments } from "./run-init.ts";

export function initCommand(run: Run): Command {
  const command = createCommand({
    name: "init",
    summary: "write a policy to begin with, from the routes of serverless.yml",
    description: [
      "Writes model.conf, routes.csv, roles.csv, groups.csv, sign-up.csv, groups.yaml and tests/access.test.yaml, with comments: a permission for each route of serverless.yml, a role that may do everything and one that may look. Nobody gets anything by it who is in neither group.",
      "The Serverless Framework resolves serverless.yml, so variables, files and plugins count. A file that exists is kept, and then nothing is written.",
    ],
    examples: [
      ["init", "write policies/"],
      ["init --policies access --stage prod", "another directory, from the routes of a stage"],
      ["init --force", "overwrite what is there"],
    ],
  });
  command
    .option("--stage <name>", "the stage whose routes are taken (default: the one of serverless.yml)")
    .option("--force", "overwrite files that exist");
  return withCommonOptions(withPolicyOption(withStageOptions(command))).action((options: InitArguments) =>
    run(options, async (context) => (await import("./run-init.ts")).runInit(context, options)),
  );
}
