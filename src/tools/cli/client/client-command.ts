import type { Command } from "commander";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { ClientArguments } from "./run-client.ts";

export function clientCommand(run: Run): Command {
  const command = createCommand({
    name: "client",
    summary: "write the part of the policy that a browser may see",
    description: [
      "For `claimgate/client`, by which a front end hides what the API would deny. Writes the permissions that front-end.yaml of the policy lists, with the groups that hold them and their conditions. No user, tenant, role, address, comment or text of a row leaves. docs/front-end.md has the details.",
      "Lints the policy first, and writes nothing for one with errors. The same policy gives the same bytes.",
      "Exit status 0, 3 if the policy has errors, 2 if --check finds the file stale or missing.",
    ],
    examples: [
      ["client -o src/access.json", "for the front end of this policy"],
      ["client -o src/access.ts --app web", "for an app client of a policy with `p3` rows"],
      ["client -o src/access.json --check", "in CI"],
    ],
  });
  command
    .requiredOption(
      "-o, --output <file>",
      "the file to write or to compare, .json or .ts; - is standard output",
    )
    .option("--check", "write nothing; exit status 2 if the file is stale")
    .option("--app <name>", "the app client of the front end; required if the policy has `p3` rows")
    .option("--pool <alias>", "the user pool of the front end; required if groups name several pools")
    .option("--no-pool", "the names of groups contain slashes, but no pool alias");
  return withCommonOptions(withPolicyOption(command)).action((options: ClientArguments) =>
    run(options, async (context) => (await import("./run-client.ts")).runClient(context, options)),
  );
}
