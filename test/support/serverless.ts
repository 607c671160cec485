import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { BARE_ENVIRONMENT } from "./bare-environment.ts";

export interface Run {
  readonly code: number;
  readonly stdout: string;
  /** Both outputs together. */
  readonly output: string;
}

const require = createRequire(join(process.cwd(), "package.json"));
const SERVERLESS = join(dirname(require.resolve("serverless/package.json")), "bin", "serverless.js");

/**
 * Runs the framework as a person would, without credentials where `environment` gives none. Killed after
 * `limitMs` milliseconds.
 */
export function runServerless(
  args: readonly string[],
  cwd = process.cwd(),
  environment: Readonly<Record<string, string>> = {},
  limitMs = 60_000,
): Promise<Run> {
  const env = { ...BARE_ENVIRONMENT, ...environment };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [SERVERLESS, ...args],
      { cwd, env, timeout: limitMs, killSignal: "SIGKILL" },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
        resolve({ code, stdout, output: `${stdout}${stderr}` });
      },
    );
  });
}
