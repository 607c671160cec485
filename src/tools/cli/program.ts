import type { Command, OutputConfiguration } from "commander";
import { mcpCommand } from "./agent/mcp-command.ts";
import { canCommand } from "./ask/can-command.ts";
import { explainCommand } from "./ask/explain-command.ts";
import { whatCanCommand } from "./ask/what-can-command.ts";
import { whoCanCommand } from "./ask/who-can-command.ts";
import { attachCommand } from "./attach/attach-command.ts";
import { detachCommand } from "./attach/detach-command.ts";
import { bundleCommand } from "./bundle/bundle-command.ts";
import { checkCommand } from "./check/check-command.ts";
import { fmtCommand } from "./check/fmt-command.ts";
import { clientCommand } from "./client/client-command.ts";
import { cognitoCommand } from "./cognito/cognito-command.ts";
import { compileCommand } from "./compile/compile-command.ts";
import { completionCommand } from "./completion/completion-command.ts";
import { doctorCommand } from "./doctor/doctor-command.ts";
import { lspCommand } from "./edit/lsp-command.ts";
import { exportCommand } from "./export/export-command.ts";
import { importCommand } from "./import/import-command.ts";
import { initCommand } from "./init/init-command.ts";
import { diffCommand } from "./judge/diff-command.ts";
import { learnCommand } from "./judge/learn-command.ts";
import { proveCommand } from "./judge/prove-command.ts";
import { replayCommand } from "./judge/replay-command.ts";
import { unusedCommand } from "./judge/unused-command.ts";
import { keysCommand } from "./keys/keys-command.ts";
import { newCommand } from "./new/new-command.ts";
import { revokeCommand } from "./revoke/revoke-command.ts";
import { matrixCommand } from "./show/matrix-command.ts";
import { playgroundCommand } from "./show/playground-command.ts";
import { reportCommand } from "./show/report-command.ts";
import { resumeCommand, stopCommand } from "./stop/stop-command.ts";
import { suspendCommand, unsuspendCommand } from "./suspend/suspend-command.ts";
import { CommandLine, refuse } from "./terminal/command-line.ts";
import type { Run } from "./terminal/context.ts";
import { testCommand } from "./test/test-command.ts";
import { typesCommand } from "./types/types-command.ts";

const DESCRIPTION = `Authorization for Amazon Cognito from CSV files.

Exit status 0 (ok), 1 (could not run), 2 (the answer is no), 3 (the policy is invalid), 4 (a policy test failed), 5 (too few rows were tested).`;

/**
 * The whole command line. The code of a command loads when it runs, so that help is fast.
 *
 * @throws CommandError `command_usage` for an invalid command line; CommanderError after printing help or the version
 */
export function createProgram(version: string, run: Run, output: OutputConfiguration): Command {
  const program = new CommandLine("claimgate")
    .description(DESCRIPTION)
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "explain the command")
    .helpCommand("help [command]", "explain a command")
    .exitOverride()
    .configureOutput(output);
  program.hook("preAction", (_, command) => refuseEmpty(command));
  for (const command of [
    newCommand(run),
    initCommand(run),
    importCommand(run),
    exportCommand(run),
    checkCommand(run),
    fmtCommand(run),
    compileCommand(run),
    typesCommand(run),
    clientCommand(run),
    bundleCommand(run),
    testCommand(run),
    canCommand(run),
    explainCommand(run),
    whoCanCommand(run),
    whatCanCommand(run),
    matrixCommand(run),
    diffCommand(run),
    proveCommand(run),
    replayCommand(run),
    unusedCommand(run),
    learnCommand(run),
    reportCommand(run),
    playgroundCommand(run),
    doctorCommand(run),
    attachCommand(run),
    detachCommand(run),
    stopCommand(run),
    resumeCommand(run),
    revokeCommand(run),
    suspendCommand(run),
    unsuspendCommand(run),
    cognitoCommand(run),
    keysCommand(run),
    mcpCommand(run),
    lspCommand(run),
    completionCommand(run),
  ]) {
    program.addCommand(command.copyInheritedSettings(program));
  }
  return program;
}

/** An empty string is not a name, file or directory; usually a variable of a script was not set. */
function refuseEmpty(command: Command): void {
  const isEmpty = (value: unknown) => typeof value === "string" && value.trim() === "";
  for (const option of command.options) {
    const value: unknown = command.getOptionValue(option.attributeName());
    if ((Array.isArray(value) ? value : [value]).some(isEmpty))
      refuse(command, `\`${option.flags}\` is empty`);
  }
  if (command.args.some(isEmpty)) refuse(command, "an argument is empty");
}
