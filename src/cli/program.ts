import { Command, type OutputConfiguration } from "commander";
import { attachCommand } from "./commands/attach.ts";
import { canCommand } from "./commands/can.ts";
import { checkCommand } from "./commands/check.ts";
import { compileCommand } from "./commands/compile.ts";
import { completionCommand } from "./commands/completion.ts";
import { detachCommand } from "./commands/detach.ts";
import { diffCommand } from "./commands/diff.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { explainCommand } from "./commands/explain.ts";
import { fmtCommand } from "./commands/fmt.ts";
import { initCommand } from "./commands/init.ts";
import { matrixCommand } from "./commands/matrix.ts";
import { replayCommand } from "./commands/replay.ts";
import { reportCommand } from "./commands/report.ts";
import { revokeCommand } from "./commands/revoke.ts";
import { suspendCommand, unsuspendCommand } from "./commands/suspend.ts";
import { testCommand } from "./commands/test.ts";
import { unusedCommand } from "./commands/unused.ts";
import { whatCanCommand } from "./commands/what-can.ts";
import { whoCanCommand } from "./commands/who-can.ts";
import type { Run } from "./context.ts";

const DESCRIPTION = `Authorization for Amazon Cognito from CSV files.

Ends with 0 (ok), 1 (could not run), 2 (the answer is no), 3 (the policy is invalid), 4 (a policy test failed), 5 (too few rows were tested).`;

/**
 * The whole command line. What a command does is loaded when it is called, so that help is quick.
 *
 * @throws CommanderError, after having written why, where it is not understood; also after help and version
 */
export function createProgram(version: string, run: Run, output: OutputConfiguration): Command {
  const program = new Command("claimgate")
    .description(DESCRIPTION)
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "explain the command")
    .helpCommand("help [command]", "explain a command")
    .showHelpAfterError("(claimgate help shows what there is)")
    .exitOverride()
    .configureOutput(output);
  program.hook("preAction", (_, command) => refuseEmpty(command));
  for (const command of [
    initCommand(run),
    checkCommand(run),
    fmtCommand(run),
    compileCommand(run),
    testCommand(run),
    canCommand(run),
    explainCommand(run),
    whoCanCommand(run),
    whatCanCommand(run),
    matrixCommand(run),
    diffCommand(run),
    replayCommand(run),
    unusedCommand(run),
    reportCommand(run),
    doctorCommand(run),
    attachCommand(run),
    detachCommand(run),
    revokeCommand(run),
    suspendCommand(run),
    unsuspendCommand(run),
    completionCommand(run),
  ]) {
    program.addCommand(command.copyInheritedSettings(program));
    command.showHelpAfterError(`(see claimgate ${command.name()} --help)`);
  }
  return program;
}

/** Nothing is no name, file or directory; most often a variable of a script was not set. */
function refuseEmpty(command: Command): void {
  const isEmpty = (value: unknown) => typeof value === "string" && value.trim() === "";
  for (const option of command.options) {
    const value: unknown = command.getOptionValue(option.attributeName());
    if ((Array.isArray(value) ? value : [value]).some(isEmpty))
      command.error(`error: option '${option.flags}' is empty`);
  }
  if (command.args.some(isEmpty)) command.error("error: an argument is empty");
}
