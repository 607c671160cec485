import { type Command, InvalidArgumentError } from "commander";
import { createCommand, withCommonOptions, withStageOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { CheckArguments } from "./run-check.ts";

export function checkCommand(run: Run): Command {
  const command = createCommand({
    name: "check",
    summary: "check the policy, the template and the stage",
    description: [
      "Runs all rules of the linter on the policy in --policies and prints all findings, sorted. docs/rules has a page for each rule. --service also compares the policy with what serverless.yml deploys, and checks the settings of the plugin, which takes some seconds.",
      "--packaged adds the checks of the packaged template. --deployed adds what differs in the deployed stage, as in doctor: the same findings, in the same formats.",
      "--fix changes how a row is written, but never which name it contains: upper case of a keyword, blanks, quotes, separators, the place of a comment, a second copy of a row. It reports the rest.",
      "The exit status is 0; 3 if the policy or serverless.yml has errors; 2 if the template or the stage has, or if there are more warnings than --max-warnings; 1 if something of the stage could not be read.",
    ],
    examples: [
      ["check", "before every commit"],
      ["check --service --stage prod", "with the routes, groups and clients of serverless.yml"],
      ["check --packaged", "with the template that sls package writes"],
      ["check --deployed --stage prod", "with the deployed stage"],
      ["check --fix", "apply the fixes that need no decision, and report the rest"],
      ["check --format github", "as annotations of a pull request"],
      ["check --format sarif >policy.sarif", "for code scanning"],
    ],
  });
  command
    .option("--fix", "apply the fixes that change no name")
    .option(
      "--max-findings <number>",
      "the number of findings to print for people (default: 100; 0: all)",
      wholeNumber,
    )
    .option("--max-warnings <number>", "exit status 2 if there are more warnings", wholeNumber)
    .option("--service", "compare with serverless.yml as the framework resolves it")
    .option("--packaged [dir]", "check the packaged template in this folder (default: .serverless)")
    .option("--deployed", "compare with the deployed stage of --stage, as doctor does")
    .option("--stage <name>", "the stage to compare with");
  withStageOptions(withPolicyOption(command));
  return withCommonOptions(command, ["pretty", "json", "sarif", "github", "junit"]).action(
    (options: CheckArguments) =>
      run(options, async (context) => (await import("./run-check.ts")).runCheck(context, options)),
  );
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("expected a whole number");
}
