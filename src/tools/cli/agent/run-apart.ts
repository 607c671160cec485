import { spawn } from "node:child_process";

/** What a command printed, and how it ended. */
export interface ApartRun {
  /** Undefined if it was stopped. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Why it was stopped. */
  readonly stopped?: "cancelled" | "too-long" | "too-much";
}

interface ApartOptions {
  readonly directory: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Milliseconds after which it is stopped. */
  readonly longest: number;
  /** Bytes of output after which it is stopped. */
  readonly largest: number;
}

/**
 * Runs this program again, in a process of its own: a question that takes long does not hold up the server, and it can
 * be cancelled.
 *
 * @param words the command line after the program
 * @throws Error of `spawn` if the process cannot be started
 */
export function runApart(words: readonly string[], options: ApartOptions): Promise<ApartRun> {
  const { directory, env, signal, longest, largest } = options;
  const [, program = ""] = process.argv;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...process.execArgv, program, ...words], {
      cwd: directory,
      env: environmentOf(env),
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    let stopped: ApartRun["stopped"];
    const stop = (why: NonNullable<ApartRun["stopped"]>) => {
      stopped ??= why;
      child.kill("SIGKILL");
    };
    const cancel = () => stop("cancelled");
    const timer = setTimeout(() => stop("too-long"), longest);
    const printed = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    let size = 0;
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > largest) stop("too-much");
        else printed[stream].push(chunk);
      });
    }
    const text = (stream: "stdout" | "stderr") => Buffer.concat(printed[stream]).toString("utf8");
    child.once("error", (error) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", cancel);
      reject(error);
    });
    child.once("close", (code) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", cancel);
      const run = { stdout: text("stdout"), stderr: text("stderr") };
      resolve(
        stopped === undefined
          ? { status: code ?? undefined, ...run }
          : { status: undefined, ...run, stopped },
      );
    });
    if (signal.aborted) cancel();
    else signal.addEventListener("abort", cancel, { once: true });
  });
}

/** What Node and git need of the environment: no credentials of AWS, of a registry or of a code host. */
const KEPT = [
  "PATH",
  "HOME",
  "LANG",
  "TMPDIR",
  "TEMP",
  "TMP",
  "SystemRoot",
  "USERPROFILE",
  "PATHEXT",
  "COMSPEC",
];

function environmentOf(env: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  const kept = KEPT.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return {
    ...Object.fromEntries(kept),
    NO_COLOR: "1",
    // git reads what is on this machine: it fetches no missing object, asks for no password, and writes no lock.
    GIT_NO_LAZY_FETCH: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
  };
}
