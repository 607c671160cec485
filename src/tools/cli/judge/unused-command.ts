import type { Command } from "commander";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { UnusedArguments } from "./run-unused.ts";

export function unusedCommand(run: Run): Command {
  const command = createCommand({
    name: "unused",
    summary: "grants that a decision log has no use of",
    description: [
      "Reads decision logs as `claimgate replay` does, and names the rows that no allowed decision hung on: permissions that a role holds and nobody used, and roles that nobody needed. Rows that deny, and rows that lead to one, are never named.",
      "All of them can be removed together: what the log allowed stays allowed, and nobody gets in who did not. They are hints still, since a log knows nothing of what happens once a year.",
      "Ends with 0, whatever is found.",
    ],
    examples: [
      ["unused decisions.log --since 90d", "what was not used in the last ninety days?"],
      ["unused *.gz --since 2026-08-01 --format patch | git apply", "remove it"],
    ],
  });
  command
    .argument("<log...>", "decision logs; - is standard input")
    .requiredOption("--since <moment>", "how far back to look: 2026-08-01, a time with zone, or an age (90d)")
    .option("--until <moment>", "only decisions before then");
  return withCommonOptions(withPolicyOption(command), ["pretty", "json", "patch"]).action(
    (logs: string[], options: UnusedArguments) =>
      run(options, async (context) => (await import("./run-unused.ts")).runUnused(context, logs, options)),
  );
}
