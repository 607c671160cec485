import { type Command, InvalidArgumentError } from "commander";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { LearnArguments } from "./run-learn.ts";

export function learnCommand(run: Run): Command {
  const command = createCommand({
    name: "learn",
    summary: "write a policy test of what a decision log shows",
    description: [
      "Reads decision logs as `claimgate replay` does, and writes a policy test (docs/policy-tests.md). Callers with the same groups, apps, scopes and comparisons become one principal, which is asked about the routes that it was seen on. Then runs the test on the policy.",
      "The file names no person and no tenant: values that conditions compared become placeholders, and equal values stay equal. It learns from decisions of the same policy version only, unless --other-versions is given; what it leaves out is counted, with the reason.",
      "Exit status 0, 1 if nothing can be learned or the file exists, 4 if the test fails; it then writes nothing.",
    ],
    examples: [
      ["learn decisions.log -o policies/tests/learned.test.yaml", "what happened stays as it is"],
      ["learn *.gz -o policies/tests/learned.test.yaml --since 30d --min 5 --force", "renew it every month"],
    ],
  });
  command
    .argument("<log...>", "decision logs; - is standard input")
    .requiredOption("-o, --output <file>", "the policy test to write; its name ends in .test.yaml")
    .option("--force", "replace the file if it exists")
    .option(
      "--since <moment>",
      "only decisions since then: 2026-11-01, a time with its zone, or an age (30d, 12h)",
    )
    .option("--until <moment>", "only decisions before then")
    .option("--min <count>", "leave out what was seen less often than this", atLeastOne, 1)
    .option("--other-versions", "also decisions of other policy versions, if this policy decides alike");
  return withCommonOptions(withPolicyOption(command)).action((logs: string[], options: LearnArguments) =>
    run(options, async (context) => (await import("./run-learn.ts")).runLearn(context, logs, options)),
  );
}

function atLeastOne(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("expected a whole number from 1 on");
}
