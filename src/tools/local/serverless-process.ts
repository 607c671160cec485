import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The directory of `serverless.yml`. */
export const SERVICE_ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const SERVERLESS = fileURLToPath(
  new URL("../../../node_modules/serverless/bin/serverless.js", import.meta.url),
);

/**
 * Ends the child when its parent is gone, for any reason: the channel between them breaks. The child has its own
 * process group, so a terminal does not end it.
 */
const LEASH = `data:text/javascript,${encodeURIComponent(
  'process.on("disconnect", () => process.exit(1)); process.channel?.unref();',
)}`;

/** How much of the output is kept for error messages. */
const KEPT_LINES = 200;

const STOP_LIMIT_MS = 6_000;

export interface ServerlessProcess {
  /** The exit code; null if a signal ended it. */
  readonly exited: Promise<number | null>;
  /** The last lines of its output, without stack frames, which are those of the framework. */
  output(): string;
  /** Asks it to stop, then kills it. Resolves once it is gone. */
  stop(): Promise<void>;
  /** Kills it at once. */
  kill(): void;
}

/**
 * Runs a command of the framework, without a shell and without a terminal.
 *
 * @param onMessage receives what the process sends over its channel
 */
export function startServerless(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  onLine: (line: string) => void = () => undefined,
  onMessage: (message: unknown) => void = () => undefined,
): ServerlessProcess {
  const child = spawn(process.execPath, ["--import", LEASH, SERVERLESS, ...args], {
    cwd: SERVICE_ROOT,
    env,
    detached: process.platform !== "win32",
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const lines: string[] = [];
  const keep = (line: string) => {
    lines.push(line);
    if (lines.length > KEPT_LINES) lines.shift();
    onLine(line);
  };
  child.on("message", onMessage);
  readLines(child.stdout, keep);
  readLines(child.stderr, keep);
  const exited = new Promise<number | null>((resolve) => {
    child.once("close", (code) => resolve(code));
    child.once("error", (error) => {
      keep(error.message);
      resolve(1);
    });
  });
  return {
    exited,
    output: () => lines.filter((line) => !/^\s+at /.test(line)).join("\n"),
    kill: () => killGroup(child),
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      const late = setTimeout(() => killGroup(child), STOP_LIMIT_MS);
      await exited;
      clearTimeout(late);
    },
  };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? child.pid : -child.pid, "SIGKILL");
  } catch {
    // It is gone already.
  }
}

function readLines(stream: NodeJS.ReadableStream | null, onLine: (line: string) => void): void {
  let rest = "";
  stream?.setEncoding("utf8");
  stream?.on("data", (chunk: string) => {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop() ?? "";
    for (const line of parts) onLine(line);
  });
  stream?.on("end", () => {
    if (rest !== "") onLine(rest);
  });
}
