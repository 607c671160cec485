import type { Command } from "commander";
import { createCommand, withCommonOptions, withStageOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import type { DoctorArguments } from "./examine.ts";

export function doctorCommand(run: Run): Command {
  const command = createCommand({
    name: "doctor",
    summary: "compare a deployed stage with this checkout",
    description: [
      "Compares what is deployed with what would be deployed, and says what differs and what to do. It changes nothing.",
      "It looks at this machine, the policy and serverless.yml; then, with credentials, the stack, the user pool with its triggers, groups and app clients, both APIs with their authorizers, and the functions with their policy.",
      "What differs is a finding; docs/rules has a page for each. `claimgate check --deployed` reports the same ones.",
      "Ends with 0 if nothing is wrong, 2 if something is, 1 if something could not be read.",
    ],
    examples: [
      ["doctor --stage prod", "is prod what this checkout says?"],
      ["doctor --stage prod --format json", "the same, for a program"],
      ["doctor --stage prod --format sarif >stage.sarif", "for code scanning"],
      ["doctor --offline", "only this machine, the policy and serverless.yml"],
    ],
  });
  command.option("--stage <name>", "the stage to look at (default: the one of serverless.yml)");
  return withCommonOptions(withStageOptions(command), ["pretty", "json", "sarif", "github", "junit"])
    .option("--offline", "call nothing over the network")
    .option("--package <dir>", "compare with what `sls package --package <dir>` made, instead of packaging")
    .action((options: DoctorArguments) =>
      run(options, async (context) => (await import("./run-doctor.ts")).runDoctor(context, options)),
    );
}
