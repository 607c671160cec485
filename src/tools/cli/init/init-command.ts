import type { Command } from "commander";
import { createCommand, withCommonOptions, withStageOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { InitArguments } from "./init-arguments.ts";

export function initCommand(run: Run): Command {
  const command = createCommand({
    name: "init",
    summary: "adopt claimgate in an existing service",
    description: [
      "Writes a policy that gives what serverless.yml gives today, with tests that need each of its rows, and edits serverless.yml so that claimgate decides. Routes with a JWT or COGNITO_USER_POOLS authorizer keep their callers; one that accepts other app clients than most routes stays. Routes without an authorizer stay public. Routes with any other authorizer keep it.",
      "The Serverless Framework resolves serverless.yml, variables, files and plugins included. Edits keep every other character of the file; whatever is not written in the usual way is printed for you to write. If one of the new files exists, nothing is written. A second run changes nothing.",
      "docs/adopt.md explains each step.",
    ],
    examples: [
      ["init --dry-run", "show what would change"],
      ["init", "change it"],
      ["init --guard all", "also put routes without an authorizer behind one, open to every signed-in user"],
      ["init --replace auth", "also replace the authorizer function `auth`"],
      ["init --triggers", "also declare the triggers that the user pool does not have"],
    ],
  });
  command
    .option("--stage <name>", "the stage with the routes (default: the one of serverless.yml)")
    .option(
      "--guard <route>",
      "put a route without an authorizer behind one; `all` for every route (repeatable)",
      collect,
    )
    .option("--replace <function>", "replace an authorizer function of the service (repeatable)", collect)
    .option("--triggers", "declare the triggers that the user pool does not have")
    .option("--user-pool-id <id>", "the user pool (default: the one that authorizers trust)")
    .option("--app-client <name=id>", "an app client, with the name for policies (repeatable)", collect)
    .option("--dry-run", "only show what would change, as a diff")
    .option("--force", "overwrite existing files of the policy");
  return withCommonOptions(withPolicyOption(withStageOptions(command))).action((options: InitArguments) =>
    run(options, async (context) => (await import("./run-init.ts")).runInit(context, options)),
  );
}

function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}
