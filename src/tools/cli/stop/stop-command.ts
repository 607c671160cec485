import { type Command, InvalidArgumentError } from "commander";
import { isPermissionPattern } from "../../../policy/permission.ts";
import { createCommand, withCommonOptions, withStageOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { ResumeArguments, StopArguments } from "./stop-arguments.ts";

export function stopCommand(run: Run): Command {
  const command = createCommand({
    name: "stop",
    summary: "deny everything, or a permission, to everyone at once",
    description: [
      "Writes the emergency stop of a deployed stage into its revocation list. The authorizers read it with the next request and answer 403 on every route that has a stopped permission, whatever the policy says and for every caller, also where a stage only reports (docs/emergency-stop.md). Nothing is deployed. `claimgate resume` is the way back.",
      "Shows the routes of the policy that are then denied. Refuses a permission that the policy does not have, unless --force is given. Exit status 0 if it is done, 1 if it could not run.",
    ],
    examples: [
      ['stop --stage prod --all --reason "keys leaked"', "deny every route that has an authorizer"],
      ['stop --stage prod --permission orders:refund --reason "double refunds"', "deny one permission"],
      ['stop --stage prod --permission "*:write" --reason migration --dry-run', "what would be denied"],
      ["stop --stage prod --show", "what is stopped now, by whom and why"],
    ],
  });
  withStopOptions(command, "to deny")
    .option("--reason <text>", "why; shown to operators and in the log, never to callers")
    .option("--by <name>", "who stops it (default: the user of this machine)")
    .option("--show", "only show what is stopped")
    .option("--force", "also a permission that the policy does not have");
  return withPolicyOption(command).action((options: StopArguments) =>
    run(options, async (context) => (await import("./run-stop.ts")).runStop(context, options)),
  );
}

export function resumeCommand(run: Run): Command {
  const command = createCommand({
    name: "resume",
    summary: "end an emergency stop",
    description: [
      "Removes permissions from the emergency stop of a deployed stage; the next request is decided by the policy again. Only what `claimgate stop --show` lists can be resumed: to keep a part of `orders:*` stopped, stop that part before you resume `orders:*`.",
      "Exit status 0 if it is done, 1 if it could not run.",
    ],
    examples: [
      ["resume --stage prod --all", "what `stop --all` stopped"],
      ["resume --stage prod --permission orders:refund", "one permission"],
    ],
  });
  withStopOptions(command, "to decide by the policy again");
  return withPolicyOption(command).action((options: ResumeArguments) =>
    run(options, async (context) => (await import("./run-resume.ts")).runResume(context, options)),
  );
}

function withStopOptions(command: Command, what: string): Command {
  command
    .requiredOption("--stage <name>", "the deployed stage")
    .option(
      "--permission <pattern>",
      `a permission ${what}: orders:refund, orders:*, *:write (repeatable)`,
      collectPattern,
    )
    .option("--all", `everything ${what}; the same as --permission "*"`)
    .option("--dry-run", "only show what would be denied");
  return withCommonOptions(withStageOptions(command));
}

function collectPattern(text: string, before: readonly string[] = []): readonly string[] {
  if (isPermissionPattern(text)) return [...before, text];
  throw new InvalidArgumentError("expected resource:action, resource:*, *:action or *");
}
