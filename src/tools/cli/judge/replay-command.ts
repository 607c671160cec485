import { type Command, Option } from "commander";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { ReplayArguments } from "./run-replay.ts";

export function replayCommand(run: Run): Command {
  const command = createCommand({
    name: "replay",
    summary: "decide a decision log again by the policy as it is now",
    description: [
      "Reads decision-log lines of the authorizers, decides each again by the policy in --policies, and groups what would come out differently: who, on which route, by which rows, how often.",
      "LOG is a file or - for standard input: JSON lines, with or without a timestamp before them, what `aws logs filter-log-events` prints, or an export to S3; packed by gzip or not. Digests of inputs (CLAIMGATE_LOG_INPUTS=hashed) are compared as they are.",
      "Ends with 0 if nothing would change, 2 if something would, 1 if some decision could not be made again.",
    ],
    examples: [
      ["replay decisions.log", "what would an edit of policies/ change for the calls of that time?"],
      ["replay --fail-on widening *.gz", "in CI: only what lets more people in is a failure"],
      ["replay - --since 7d <decisions.log", "the last seven days"],
    ],
  });
  command
    .argument("<log...>", "decision logs; - is standard input")
    .option(
      "--since <moment>",
      "only decisions since then: 2026-11-01, a time with zone, or an age (30d, 12h)",
    )
    .option("--until <moment>", "only decisions before then")
    .addOption(new Option("--fail-on <what>", "what ends with 2").choices(["any", "widening"]).default("any"))
    .option("--ignore-undecided", "end with 0 although some decisions could not be made again");
  return withCommonOptions(withPolicyOption(command)).action((logs: string[], options: ReplayArguments) =>
    run(options, async (context) => (await import("./run-replay.ts")).runReplay(context, logs, options)),
  );
}
