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
      "One blank after each comma, quotes only where they are needed, no blanks at the ends of lines, one blank line at most. Line endings stay where all are CRLF, else they become LF. Comments and rows stay where they are; --sort orders the rows of each block. No decision changes: the policy's version is the same before and after, or nothing is written.",
      "Ends with 0; with --check writes nothing, and ends with 2 where a file would change.",
    ],
    examples: [
      ["fmt", "before a commit"],
      ["fmt --check", "in CI"],
    ],
  });
  command
    .option("--check", "write nothing; say which files would change")
    .option("--sort", "sort the rows between blank lines and comments");
  return withCommonOptions(withPolicyOption(command)).action((options: FmtArguments) =>
    run(options, async (context) => (await import("./run-fmt.ts")).runFmt(context, options)),
  );
}
