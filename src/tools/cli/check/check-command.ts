import { type Command, InvalidArgumentError } from "commander";
import { createCommand, withCommonOptions, withStageOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { CheckArguments } from "./run-check.ts";

export function checkCommand(run: Run): Command {
  const command = createCommand({
    name: "check",
    summary: "find what is wrong with the policy, the template and the stage",
    description: [
      "All rules of the linter on the policy in --policies (docs/rules has a page each), all findings at once, sorted. With --service it is also compared with what serverless.yml deploys, which takes some seconds.",
      "--packaged adds the checks of the packaged template, and --deployed what differs in the deployed stage, as doctor tells it: the same findings, in the same formats.",
      "--fix mends what changes how a row is written and never which name it holds: upper case of a keyword, blanks, quotes, separators, the place of a comment, a second copy of a row. What is left is reported.",
      "Ends with 0, 3 where the policy or serverless.yml has errors, 2 where the template or the stage has, or where there are more warnings than --max-warnings, 1 where something of the stage could not be read.",
    ],
    examples: [
      ["check", "before every commit"],
      ["check --service --stage prod", "with the routes, groups and clients of serverless.yml"],
      ["check --packaged", "with the template that sls package made"],
      ["check --deployed --stage prod", "with what is deployed"],
      ["check --fix", "mend what needs no decision, and report the rest"],
      ["check --format github", "as annotations of a pull request"],
      ["check --format sarif >policy.sarif", "for code scanning"],
    ],
  });
  command
    .option("--fix", "mend what can be mended without changing what is meant")
    .option(
      "--max-findings <number>",
      "print so many findings for people (default: 100; 0: all)",
      wholeNumber,
    )
    .option("--max-warnings <number>", "end with 2 where there are more warnings", wholeNumber)
    .option("--service", "compare with serverless.yml, as the framework resolves it")
    .option("--packaged [dir]", "check the packaged template in this folder (default: .serverless)")
    .option("--deployed", "compare with what is deployed of --stage, as doctor does")
    .option("--stage <name>", "the stage to compare with");
  withStageOptions(withPolicyOption(command));
  return withCommonOptions(command, ["pretty", "json", "sarif", "github", "junit"]).action(
    (options: CheckArguments) =>
      run(options, async (context) => (await import("./run-check.ts")).runCheck(context, options)),
  );
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("expected a whole number.");
}
