import { CommanderError } from "commander";
import { PolicyError } from "../../policy/finding.ts";
import { CommandError } from "../machine/command-error.ts";
import { createProgram } from "./program.ts";
import { BUILT } from "./terminal/built.ts";
import type { CommonOptions } from "./terminal/common-options.ts";
import type { Context } from "./terminal/context.ts";
import { EXIT, type ExitCode } from "./terminal/exit-code.ts";
import { reportFailure } from "./terminal/failure.ts";
import { createOutput, standardOutput, writerTo } from "./terminal/output.ts";
import { stalenessOf } from "./terminal/stale.ts";

// The `claimgate` command: the composition root. src/tools/packaging/bundle-cli.ts bundles it as dist/claimgate.cjs.

// The warning announces future SDK versions; `claimgate doctor` checks this command's Node.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

const { stdout, stderr, env } = process;
const note = writerTo(stderr);
const write = standardOutput(stdout, note);
const terminal = { write, note, stdout, stderr, env };

async function run(options: CommonOptions, body: (context: Context) => Promise<ExitCode>): Promise<void> {
  const output = createOutput(terminal, options.format);
  try {
    process.exitCode = await body({
      output,
      env: process.env,
      directory: process.cwd(),
      columns: process.stdout.columns ?? 100,
    });
  } catch (error) {
    reportFailure(error, output, options.verbose === true);
    process.exitCode = error instanceof PolicyError ? EXIT.policyInvalid : EXIT.couldNotRun;
  }
}

async function main(): Promise<void> {
  const stale = stalenessOf(process.argv[1]);
  if (stale !== undefined) note(`${stale}\n`);
  const program = createProgram(BUILT.version, run, { writeOut: write, writeErr: note });
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommandError) {
      const output = createOutput(terminal, wantsJson(process.argv) ? "json" : "pretty");
      reportFailure(error, output, false);
      process.exitCode = EXIT.couldNotRun;
      // Help and version arrive here with 0, the list of commands for a call without one with 1.
    } else if (error instanceof CommanderError)
      process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.couldNotRun;
    else throw error;
  }
}

/** Of a command line that was refused, so that no option of it was read. */
function wantsJson(words: readonly string[]): boolean {
  return (
    words.includes("--format=json") ||
    words.some((word, at) => word === "json" && words[at - 1] === "--format")
  );
}

void main();
