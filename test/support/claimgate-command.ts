import { execFile, execFileSync } from "node:child_process";
import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { BARE_ENVIRONMENT } from "./bare-environment.ts";

/** What a run of the `claimgate` command came to. */
export interface CommandRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * The command as `npm run prepare` makes it, of the sources as they are now; made once in a run of jest, by the first
 * file that needs it.
 */
export function claimgateProgram(): string {
  const shared = process.env["TEST_RUN"];
  if (shared === undefined) throw new Error("no TEST_RUN: test/support/begin-run.ts sets it");
  const folder = join(shared, "claimgate");
  if (!existsSync(folder)) {
    const own = `${folder}-${process.pid}`;
    execFileSync(process.execPath, ["--import", "tsx", "src/tools/packaging/bundle-cli.ts", own]);
    try {
      renameSync(own, folder);
    } catch (error) {
      // Another worker was faster; its command is the same.
      if (!existsSync(folder)) throw error;
    }
  }
  return join(folder, "claimgate.cjs");
}

/** Runs the command as a person would, without a terminal. */
export function runClaimgate(
  args: readonly string[],
  {
    cwd = process.cwd(),
    env = {},
    input = "",
  }: {
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string>>;
    /** What it reads on standard input. */
    readonly input?: string | Buffer;
  } = {},
): Promise<CommandRun> {
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [claimgateProgram(), ...args],
      {
        cwd,
        env: { ...BARE_ENVIRONMENT, ...env },
        timeout: 120_000,
        killSignal: "SIGKILL",
        maxBuffer: 16 * 2 ** 20,
      },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
        done({ code, stdout, stderr });
      },
    );
    // It may end without having read it.
    child.stdin?.on("error", () => {});
    child.stdin?.end(input);
  });
}
