import type { Command } from "commander";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { CompileArguments } from "./run-compile.ts";

export function compileCommand(run: Run): Command {
  const command = createCommand({
    name: "compile",
    summary: "compile the policy into a JSON file that functions bundle",
    description: [
      "For a service that uses claimgate as a package (docs/library.md); the service of this repository compiles its policy when it packages. The policy is linted first: one with errors is not compiled. A directory without a model.conf gets the one of this version.",
      "--check writes nothing and compares the file with the rows: run it before packaging, so that no stale policy is deployed.",
      "Ends with 0, 3 where the policy has errors, 2 where --check finds the file stale or missing.",
    ],
    examples: [
      ["compile --output src/policy.json", "compile policies/"],
      ["compile --output src/policy.json --check", "before packaging, and in CI"],
    ],
  });
  command
    .requiredOption("-o, --output <file>", "the file to write, or to compare with")
    .option("--check", "write nothing; end with 2 where the file is stale");
  return withCommonOptions(withPolicyOption(command)).action((options: CompileArguments) =>
    run(options, async (context) => (await import("./run-compile.ts")).runCompile(context, options)),
  );
}
