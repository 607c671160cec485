import { spawn } from "node:child_process";
import { once } from "node:events";
import type { CognitoJson } from "../../src/tools/cli/cognito/cognito-contract.ts";
import { claimgateProgram } from "./claimgate-command.ts";

/** `claimgate cognito` as it runs. */
export interface CognitoCommand {
  /** The document that it printed. */
  readonly printed: string;
  readonly report: CognitoJson;
  /** Stops it as Ctrl-C does. @returns its exit status */
  stop(): Promise<number | null>;
}

/** Starts `claimgate cognito` on a free port, and waits until it is ready. @throws Error with what it printed */
export async function startCognitoCommand(
  args: readonly string[] = [],
  cwd = process.cwd(),
): Promise<CognitoCommand> {
  const words = [claimgateProgram(), "cognito", "--port", "0", "--format", "json", ...args];
  const child = spawn(process.execPath, words, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  let failure = "";
  child.stderr.on("data", (chunk: Buffer) => {
    failure += chunk.toString();
  });
  const exited = once(child, "exit");
  await new Promise<void>((ready, failed) => {
    child.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.endsWith("\n}\n")) ready();
    });
    child.once("exit", () => failed(new Error(`claimgate cognito ended:\n${printed}${failure}`)));
  });
  return {
    printed,
    report: JSON.parse(printed) as CognitoJson,
    async stop() {
      child.kill("SIGINT");
      await exited;
      return child.exitCode;
    },
  };
}
