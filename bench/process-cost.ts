import { spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What one process took. */
export interface ProcessCost {
  /** Exit status; undefined if it ran out of time. */
  readonly status: number | undefined;
  /** Wall time. */
  readonly seconds: number;
  /** Processor time of all threads, which other processes of the machine change least. */
  readonly cpuSeconds: number;
  /** The most memory that it held at a time (resident set), in MB of 10^6 bytes. */
  readonly megabytes: number;
  /** The file with its standard output, which may be long. */
  readonly output: string;
  readonly errors: string;
}

/**
 * A process measures itself as it ends. What the kernel counts for a child begins with the memory of its
 * parent, so the high-water mark of its own address space is read where there is one.
 */
const MEASURE = `
process.on("exit", () => {
  const { readFileSync, writeFileSync } = require("node:fs");
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  let kilobytes = maxRSS;
  try {
    kilobytes = Number(/VmHWM:\\s+(\\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"))[1]);
  } catch {}
  writeFileSync(process.env.BENCH_COST, JSON.stringify([kilobytes, userCPUTime + systemCPUTime]));
});`;

/** Runs Node with these arguments in a folder, which also gets its output. */
export function costOf(folder: string, args: readonly string[], timeoutSeconds: number): ProcessCost {
  const hook = join(folder, "measure.cjs");
  const measured = join(folder, "measured.json");
  const output = join(folder, "output.txt");
  writeFileSync(hook, MEASURE);
  writeFileSync(measured, "[]");
  const out = openSync(output, "w");
  const begun = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["--require", hook, ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, BENCH_COST: measured },
    stdio: ["ignore", out, "pipe"],
    timeout: timeoutSeconds * 1_000,
  });
  const seconds = (performance.now() - begun) / 1_000;
  closeSync(out);
  const [kilobytes, microseconds] = JSON.parse(readFileSync(measured, "utf8")) as number[];
  return {
    status: status ?? undefined,
    seconds,
    cpuSeconds: (microseconds ?? Number.NaN) / 1_000_000,
    megabytes: ((kilobytes ?? Number.NaN) * 1_024) / 1_000_000,
    output,
    errors: stderr,
  };
}
