import { execFile, execFileSync } from "node:child_process";
import { join } from "node:path";
import { BARE_ENVIRONMENT } from "./bare-environment.ts";
import { onceARun } from "./once-a-run.ts";

/** What a run of the `claimgate` command came to. */
export interface CommandRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command as `npm run prepare` makes it, of the sources as they are now. An absolute path. */
export function claimgateProgram(): string {
  const folder = onceARun("claimgate", (own) => {
    execFileSync(process.execPath, ["--import", "tsx", "src/tools/packaging/bundle-cli.ts", own]);
  });
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
