import { spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What one process took. */
export interface ProcessCost {
  /** Exit status; undefined if it ran out of time. */
  readonly status: number | undefined;
  /** Wall time. */
  readonly seconds: number;
  /** The most memory that it held at a time (resident set), in MB of 10^6 bytes. */
  readonly megabytes: number;
  /** The file with its standard output, which may be long. */
  readonly output: string;
  readonly errors: string;
}

/**
 * A process measures its own memory as it ends. What the kernel counts for a child begins with the memory of its
 * parent, so the high-water mark of its own address space is read where there is one.
 */
const MEASURE = `
process.on("exit", () => {
  const { readFileSync, writeFileSync } = require("node:fs");
  let kilobytes = process.resourceUsage().maxRSS;
  try {
    kilobytes = Number(/VmHWM:\\s+(\\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"))[1]);
  } catch {}
  writeFileSync(process.env.CLAIMGATE_BENCH_MEMORY, String(kilobytes));
});`;

/** Runs Node with these arguments in a folder, which also gets its output. */
export function costOf(folder: string, args: readonly string[], timeoutSeconds: number): ProcessCost {
  const hook = join(folder, "measure.cjs");
  const memory = join(folder, "memory.txt");
  const output = join(folder, "output.txt");
  writeFileSync(hook, MEASURE);
  writeFileSync(memory, "NaN");
  const out = openSync(output, "w");
  const begun = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["--require", hook, ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, CLAIMGATE_BENCH_MEMORY: memory },
    stdio: ["ignore", out, "pipe"],
    timeout: timeoutSeconds * 1_000,
  });
  const seconds = (performance.now() - begun) / 1_000;
  closeSync(out);
  const megabytes = (Number(readFileSync(memory, "utf8")) * 1_024) / 1_000_000;
  return { status: status ?? undefined, seconds, megabytes, output, errors: stderr };
}
