import type { Command } from "commander";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { UnusedArguments } from "./run-unused.ts";

export function unusedCommand(run: Run): Command {
  const command = createCommand({
    name: "unused",
    summary: "list grants that no decision of a log needed",
    description: [
      "Reads decision logs as `claimgate replay` does, and lists the rows that no allowed decision needed: unused permissions of a role, and unused roles. Deny rows, and rows that lead to one, are never listed.",
      "You can remove all of them together: what the log allowed stays allowed, and no one gains access. They are still hints, since a log may miss what happens once a year.",
      "Exit status 0, regardless of the result.",
    ],
    examples: [
      ["unused decisions.log --since 90d", "which grants were unused in the last ninety days?"],
      ["unused *.gz --since 2026-08-01 --format patch | git apply", "remove them"],
    ],
  });
  command
    .argument("<log...>", "decision logs; - is standard input")
    .requiredOption(
      "--since <moment>",
      "the start of the period: 2026-08-01, a time with its zone, or an age (90d)",
    )
    .option("--until <moment>", "only decisions before then");
  return withCommonOptions(withPolicyOption(command), ["pretty", "json", "patch"]).action(
    (logs: string[], options: UnusedArguments) =>
      run(options, async (context) => (await import("./run-unused.ts")).runUnused(context, logs, options)),
  );
}
