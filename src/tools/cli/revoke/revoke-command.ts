import type { Command } from "commander";
import { formerOption } from "../terminal/command-line.ts";
import { createCommand, withCommonOptions, withStageOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import type { RevokeArguments } from "./revoke-target.ts";

export function revokeCommand(run: Run): Command {
  const command = createCommand({
    name: "revoke",
    summary: "revoke access tokens before they expire",
    description: [
      "Writes an entry to the revocation list of a deployed stage, which the authorizers read for every request (docs/revocation.md). With --sub it also signs the user out everywhere, so that no refresh token works; a new sign-in gives valid tokens.",
      "Running it again also revokes tokens issued since. Exit status 0 if it is done, 1 if it could not run.",
    ],
    examples: [
      ["revoke --stage prod --sub 11111111-1111-4111-8111-000000000001", "a user, on every device"],
      [
        "revoke --stage prod --token-id 0123abcd-0123-0123-0123-0123456789ab",
        "one sign-in, by its origin_jti",
      ],
      ["revoke --stage prod --client reporting", "all tokens of an app client"],
    ],
  });
  command
    .requiredOption("--stage <name>", "the deployed stage")
    .option("--sub <sub>", "a user by `sub`, or a machine by its client id")
    .option("--token-id <origin_jti>", "one sign-in and all its refreshed tokens")
    .option("--client <name>", "an app client, by its name in `client:` rows")
    .option("--pool-alias <alias>", "the user pool, if there are several (default: the stage's own)")
    .addOption(formerOption("--issuer <alias>", "--pool-alias"))
    .option("--keep-refresh", "with --sub: do not sign the user out")
    .option("--dry-run", "only show what would be written");
  return withCommonOptions(withStageOptions(command)).action((options: RevokeArguments) =>
    run(options, async (context) => (await import("./run-revoke.ts")).runRevoke(context, options)),
  );
}
