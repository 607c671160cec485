import type { Command } from "commander";
import { createCommand, withCommonOptions, withStageOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import type { DoctorArguments } from "./examine.ts";

export function doctorCommand(run: Run): Command {
  const command = createCommand({
    name: "doctor",
    summary: "compare a deployed stage with this checkout",
    description: [
      "Compares the deployed stage with what this checkout would deploy, and prints each difference with its fix. It changes nothing.",
      "Examines this machine, the policy and serverless.yml; with credentials also the stack, the user pool with its triggers, groups and app clients, both APIs with their authorizers, and the functions with their policy.",
      "Each difference is a finding; docs/rules has a page for each kind. `claimgate check --deployed` reports the same findings.",
      "Exit status 0 if there are no differences, 2 if there are some, 1 if something could not be read.",
    ],
    examples: [
      ["doctor --stage prod", "is prod equal to this checkout?"],
      ["doctor --stage prod --format json", "the same, for a program"],
      ["doctor --stage prod --format sarif >stage.sarif", "for code scanning"],
      ["doctor --offline", "only this machine, the policy and serverless.yml"],
    ],
  });
  command.option("--stage <name>", "the stage to compare (default: the one of serverless.yml)");
  return withCommonOptions(withStageOptions(command), ["pretty", "json", "sarif", "github", "junit"])
    .option("--offline", "make no network calls")
    .option(
      "--package <dir>",
      "compare with the output of `sls package --package <dir>` instead of packaging",
    )
    .action((options: DoctorArguments) =>
      run(options, async (context) => (await import("./run-doctor.ts")).runDoctor(context, options)),
    );
}
