import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");

/** Polls until it is true. @throws Error naming what did not happen in time */
export async function until(
  what: string,
  check: () => boolean | Promise<boolean>,
  limitMs = 90_000,
): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

const given = new Set<number>();

/**
 * A port that nothing listens on, and another one each time. It is below those that systems give to connections (from
 * 32,768 on under Linux), or some test that runs at the same time would get it before it is used.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = randomInt(10_000, 32_000);
    if (given.has(port)) continue;
    given.add(port);
    if (await isPortFree(port)) return port;
  }
  throw new Error("no port from 10,000 to 32,000 is free");
}

/** Whether a port can be listened on. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** The processes, other than this one, whose command line contains the text; none where there is no /proc. */
export function processesWith(text: string): number[] {
  let entries: string[];
  try {
    entries = readdirSync("/proc");
  } catch {
    return [];
  }
  return entries
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .map(Number)
    .filter((pid) => commandLineOf(pid).includes(text));
}

/** The command line of the first such process; empty where there is none. */
export function commandLineWith(text: string): string {
  const [pid] = processesWith(text);
  return pid === undefined ? "" : commandLineOf(pid);
}

function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").join(" ");
  } catch {
    return "";
  }
}

/** `npm start` as a process of its own. */
export class LocalStackProcess {
  readonly #child: ChildProcess;
  #output = "";
  #exit: { code: number | null; signal: NodeJS.Signals | null } | undefined;

  /** @param cwd a copy of the checkout, for tests that edit it */
  constructor(args: readonly string[], env: Readonly<Record<string, string>> = {}, cwd = ROOT) {
    const { NODE_OPTIONS: _ignored, ...inherited } = process.env;
    this.#child = spawn(process.execPath, ["src/tools/packaging/run-start.cjs", ...args], {
      cwd,
      env: { ...inherited, NO_COLOR: "1", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding("utf8").on("data", (chunk: string) => {
        this.#output += chunk;
      });
    }
    this.#child.once("close", (code, signal) => {
      this.#exit = { code, signal };
    });
  }

  get output(): string {
    return this.#output;
  }

  /** Resolves once it says that it is ready. @throws Error with its output where it ends before */
  async ready(): Promise<void> {
    await until(
      "ready",
      () => {
        if (this.#exit !== undefined) throw new Error(`it ended:\n${this.#output}`);
        return this.#output.includes("Ctrl-C stops it.");
      },
      60_000,
    );
  }

  async exited(): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    await until("exit", () => this.#exit !== undefined);
    return this.#exit ?? { code: null, signal: null };
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Whatever state it is in, it is gone afterwards. */
  async end(): Promise<void> {
    if (this.#exit === undefined) this.signal("SIGTERM");
    await this.exited().catch(() => this.signal("SIGKILL"));
  }
}
