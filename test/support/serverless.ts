import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export interface Run {
  readonly code: number;
  readonly stdout: string;
  /** Both outputs together. */
  readonly output: string;
}

const require = createRequire(join(process.cwd(), "package.json"));
const SERVERLESS = join(dirname(require.resolve("serverless/package.json")), "bin", "serverless.js");

/** Runs the framework as a person would, without credentials. Killed after a minute. */
export function runServerless(args: readonly string[], cwd = process.cwd()): Promise<Run> {
  const env = { PATH: process.env["PATH"] ?? "", HOME: "/nonexistent", AWS_EC2_METADATA_DISABLED: "true" };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [SERVERLESS, ...args],
      { cwd, env, timeout: 60_000, killSignal: "SIGKILL" },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
        resolve({ code, stdout, output: `${stdout}${stderr}` });
      },
    );
  });
}
