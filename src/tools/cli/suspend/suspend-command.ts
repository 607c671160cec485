import { type Command, InvalidArgumentError, Option } from "commander";
import { createCommand, withCommonOptions, withStageOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import type { SuspensionArguments } from "./suspension-target.ts";

export function suspendCommand(run: Run): Command {
  const command = createCommand({
    name: "suspend",
    summary: "keep a user out permanently",
    description: [
      "Disables the user first, so that the user can neither use nor delete the account, and its address and number stay taken. Then signs the user out everywhere, revokes the issued access tokens if the stage has a revocation list, and adds the user to the group `suspended` if the pool has it. A stage with a revocation list also remembers the address and the phone number as digests, so that sign-up refuses them even after the user is deleted (docs/suspending.md).",
      "Prints each step; running it again is safe. Exit status 0 if it is done, 1 if a step failed or it could not run.",
    ],
    examples: [
      ["suspend mallory@example.com --stage prod", "a user, by the address"],
      ["suspend +4915112345678 --stage prod", "a user, by the phone number"],
      ["suspend 11111111-1111-4111-8111-000000000001 --stage prod --dry-run", "what would be done"],
      ["suspend alice@example.com --local", "in the pool of `npm start`"],
    ],
  });
  withSuspensionOptions(command).option(
    "--delete",
    "finally delete the user; requires a revocation list, which remembers address and number as digests",
  );
  return command.action((user: string, options: SuspensionArguments) =>
    run(options, async (context) => (await import("./run-suspension.ts")).runSuspend(context, user, options)),
  );
}

export function unsuspendCommand(run: Run): Command {
  const command = createCommand({
    name: "unsuspend",
    summary: "restore a suspended user",
    description: [
      "Removes the user from the group `suspended` if the pool has it, deletes the records of the address and the number, and then enables the account. The account stays disabled if an earlier step fails.",
      "Exit status 0 if it is done, 1 if a step failed or it could not run.",
    ],
    examples: [["unsuspend mallory@example.com --stage prod", "a user, by the address"]],
  });
  return withSuspensionOptions(command).action((user: string, options: SuspensionArguments) =>
    run(options, async (context) =>
      (await import("./run-suspension.ts")).runUnsuspend(context, user, options),
    ),
  );
}

function withSuspensionOptions(command: Command): Command {
  command
    .argument(
      "<user>",
      "the user name, the `sub`, the address that the user signs in with, or the phone number",
    )
    .option("--stage <name>", "the deployed stage")
    .addOption(
      new Option(
        "--local [url]",
        "the pool of `npm start`, at http://127.0.0.1:9229 or the given address",
      ).argParser(addressOf),
    )
    .option(
      "--group <name>",
      "the group whose members are denied everything (default: suspended, if it exists)",
    )
    .option("--dry-run", "only show what would be done");
  return withCommonOptions(withStageOptions(command));
}

/** An option with an optional value reads a following user as its value. */
function addressOf(text: string): string {
  if (/^https?:\/\//i.test(text)) return text;
  throw new InvalidArgumentError(
    "expected a URL such as http://127.0.0.1:9229; write the user before the option: USER --local",
  );
}
