import type { Command } from "commander";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { FmtArguments } from "./run-fmt.ts";

export function fmtCommand(run: Run): Command {
  const command = createCommand({
    name: "fmt",
    summary: "write the CSV files in their canonical form",
    description: [
      "One space after each comma, quotes only where necessary, no trailing spaces, at most one blank line. Line endings stay CRLF if all are, else they become LF. Comments and rows keep their order; --sort sorts the rows of each block. No decision changes: if the policy's version would change, nothing is written.",
      "Exit status 0; with --check writes nothing, and 2 if a file would change.",
    ],
    examples: [
      ["fmt", "before a commit"],
      ["fmt --check", "in CI"],
    ],
  });
  command
    .option("--check", "write nothing; list the files that would change")
    .option("--sort", "sort the rows between blank lines and comments");
  return withCommonOptions(withPolicyOption(command)).action((options: FmtArguments) =>
    run(options, async (context) => (await import("./run-fmt.ts")).runFmt(context, options)),
  );
}
