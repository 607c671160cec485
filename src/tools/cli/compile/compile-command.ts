import type { Command } from "commander";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { CompileArguments } from "./run-compile.ts";

export function compileCommand(run: Run): Command {
  const command = createCommand({
    name: "compile",
    summary: "compile the policy into a JSON file for bundling",
    description: [
      "For a service that uses claimgate as a package (docs/library.md); the service of this repository compiles its policy during packaging. Lints the policy first, and does not compile one with errors.",
      "--check compares the file with the rows and writes nothing: run it before packaging, so that no stale policy is deployed.",
      "Exit status 0, 3 if the policy has errors, 2 if --check finds the file stale or missing.",
    ],
    examples: [
      ["compile --output src/policy.json", "compile policies/"],
      ["compile --output src/policy.json --check", "before packaging, and in CI"],
    ],
  });
  command
    .requiredOption("-o, --output <file>", "the file to write, or to compare")
    .option("--check", "write nothing; exit status 2 if the file is stale");
  return withCommonOptions(withPolicyOption(command)).action((options: CompileArguments) =>
    run(options, async (context) => (await import("./run-compile.ts")).runCompile(context, options)),
  );
}
