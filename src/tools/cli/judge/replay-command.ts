import { type Command, Option } from "commander";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { ReplayArguments } from "./replay-arguments.ts";

export function replayCommand(run: Run): Command {
  const command = createCommand({
    name: "replay",
    summary: "decide a decision log again by the current policy",
    description: [
      "Reads decision-log lines of the authorizers, decides each again by the policy in --policies, and groups the decisions that would change: who, on which route, by which rows, how often.",
      "LOG is a file or - for standard input: JSON lines with or without a leading timestamp, the output of `aws logs filter-log-events`, or an export to S3; gzip is detected. Digests of inputs (CLAIMGATE_LOG_INPUTS=hashed) are compared as digests.",
      "With --shadow it decides nothing: it groups the differences that a shadow of the policy in --policies logged (docs/changing-a-policy.md).",
      "Exit status 0 if nothing would change, 2 if something would, 1 if some decision could not be replayed.",
    ],
    examples: [
      ["replay decisions.log", "what would the edited policy change for these calls?"],
      ["replay --fail-on widening *.gz", "in CI: fail only if access widens"],
      ["replay --shadow --policies policies-next decisions.log", "what did the shadow find?"],
      ["replay - --since 7d <decisions.log", "the last seven days"],
    ],
  });
  command
    .argument("<log...>", "decision logs; - is standard input")
    .option(
      "--since <moment>",
      "only decisions since then: 2026-11-01, a time with its zone, or an age (30d, 12h)",
    )
    .option("--until <moment>", "only decisions before then")
    .addOption(
      new Option("--fail-on <what>", "the changes that give exit status 2")
        .choices(["any", "widening"])
        .default("any"),
    )
    .option("--shadow", "show what a shadow logged; --policies is the candidate")
    .option("--ignore-undecided", "exit status 0 even if some decisions could not be replayed");
  return withCommonOptions(withPolicyOption(command)).action((logs: string[], options: ReplayArguments) =>
    run(options, async (context) => (await import("./run-replay.ts")).runReplay(context, logs, options)),
  );
}
