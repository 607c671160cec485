import type { Command } from "commander";
import { FUNCTION_NAMES } from "../../archives/functions.ts";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { BundleArguments } from "./run-bundle.ts";

export function bundleCommand(run: Run): Command {
  const command = createCommand({
    name: "bundle",
    summary: "write an archive for each function, for CDK, SAM or Terraform",
    description: [
      "Each archive has a ready authorizer or trigger and the compiled policy; you need no bundler (docs/bundle.md). `manifest.json` says what each function needs: handler, runtime, environment variables, IAM actions, and how its gateway or user pool calls it; and which groups and scopes the policy names. The same policy gives the same bytes.",
      "Lints the policy first, and writes nothing if it has errors. Files that it did not write stay: it refuses a directory that has others.",
      "Exit status 0, 3 if the policy has errors, 2 if --check finds the directory stale or missing.",
    ],
    examples: [
      ["bundle -o build/claimgate", "all functions"],
      [
        "bundle -o build/claimgate --functions httpAuthorizer,preSignUp",
        "what an HTTP API and its sign-up need",
      ],
      ["bundle -o build/claimgate --check", "before a deployment, and in CI"],
    ],
  });
  command
    .requiredOption("-o, --output <dir>", "the directory to write, or to compare")
    .option(
      "--functions <names>",
      `only these, separated by commas: ${FUNCTION_NAMES.join(", ")} (default: all)`,
    )
    .option(
      "--scope-prefix <prefix>",
      "also list the scopes that CLAIMGATE_SCOPE_PREFIX makes of permissions",
    )
    .option("--pool-alias <alias>", "list the groups and scopes of the pool with this CLAIMGATE_POOL_ALIAS")
    .option("--shadow-policies <dir>", "a candidate that the authorizers also decide by, without effect")
    .option("--check", "write nothing; exit status 2 if the directory is stale");
  return withCommonOptions(withPolicyOption(command)).action((options: BundleArguments) =>
    run(options, async (context) => (await import("./run-bundle.ts")).runBundle(context, options)),
  );
}
