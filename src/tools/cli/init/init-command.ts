import type { Command } from "commander";
import { createCommand, withCommonOptions, withStageOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { InitArguments } from "./run-init.ts";

export function initCommand(run: Run): Command {
  const command = createCommand({
    name: "init",
    summary: "write a first policy from the routes of serverless.yml",
    description: [
      "Writes model.conf, routes.csv, roles.csv, groups.csv, sign-up.csv, groups.yaml and tests/access.test.yaml, with comments: a permission for each route of serverless.yml, one role for everything and one for reading. Users in neither group get no access.",
      "The Serverless Framework resolves serverless.yml, variables, files and plugins included. If any of the files exists, nothing is written.",
    ],
    examples: [
      ["init", "write policies/"],
      ["init --policies access --stage prod", "another directory, and the routes of a stage"],
      ["init --force", "overwrite existing files"],
    ],
  });
  command
    .option("--stage <name>", "the stage with the routes (default: the one of serverless.yml)")
    .option("--force", "overwrite existing files");
  return withCommonOptions(withPolicyOption(withStageOptions(command))).action((options: InitArguments) =>
    run(options, async (context) => (await import("./run-init.ts")).runInit(context, options)),
  );
}
