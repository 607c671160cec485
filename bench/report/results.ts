import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import type { MeasuredRatio, TriggerBundle } from "../budgets.ts";

/** What the benchmarks measured on one machine: the JSON of docs/performance. */
export interface Results {
  readonly budgets: readonly BudgetRun[];
  readonly peers: readonly PeerRun[];
}

/** Where and when a run was made. */
export interface RunOrigin {
  /** Such as `v24.18.0`. */
  readonly node: string;
  /** The day, as `YYYY-MM-DD`. */
  readonly date: string;
  /** Abbreviated; with `+` where files differed from it. */
  readonly commit: string;
  readonly machine: string;
}

/** The budgets on one Node: `npm run bench`. */
export interface BudgetRun extends RunOrigin {
  readonly ratios: readonly MeasuredRatio[];
  readonly triggers: readonly TriggerBundle[];
}

/** The comparison with peers on one Node: `npm run bench:peers`. Times are medians in microseconds; `ms` says else. */
export interface PeerRun extends RunOrigin {
  /** Name of a package -> its version. */
  readonly versions: Readonly<Record<string, string>>;
  readonly decisions: readonly DecisionTimes[];
  readonly verifications: readonly CallTimes[];
  readonly calls: readonly CallTimes[];
  readonly coldStarts: readonly ColdStart[];
}

/** The engine that is claimgate with decisions that it does not remember; otherwise it remembers them. */
export const OURS_NEW = "claimgate, a decision that it has not made";

export interface DecisionTimes {
  readonly engine: string;
  /** Rows of the policy -> microseconds of one decision; null where it was not measured. */
  readonly micros: Readonly<Record<string, number | null>>;
}

/** What one call takes. `seen` is null where nothing remembers a token: it then takes what a fresh one takes. */
export interface CallTimes {
  readonly name: string;
  readonly fresh: number;
  readonly seen: number | null;
}

export interface ColdStart {
  readonly name: string;
  readonly ms: number;
  /** The bundle with everything that it reads, in thousands of bytes. */
  readonly kilobytes: number;
}

export function originOf(node: string): RunOrigin {
  const processors = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  return {
    node,
    date: new Date().toISOString().slice(0, 10),
    commit: commitNow(),
    machine: `${processors[0]?.model.trim() ?? "unknown"}, ${processors.length} cores, ${memory}, ${process.platform} ${process.arch}`,
  };
}

function commitNow(): string {
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
  const changed =
    git("status", "--porcelain", "--untracked-files=no", "src", "bench", "serverless.yml") !== "";
  return `${git("rev-parse", "--short=10", "HEAD")}${changed ? "+" : ""}`;
}

/** The results of a file; none where there is no such file yet. */
export function readResults(file: string): Results {
  if (!existsSync(file)) return { budgets: [], peers: [] };
  return JSON.parse(readFileSync(file, "utf8")) as Results;
}

/** Puts the runs into the file, in place of those that it has of the same Node. */
export function addToResults(file: string, added: Partial<Results>): void {
  const { budgets, peers } = readResults(file);
  const results: Results = {
    budgets: replaced(budgets, added.budgets ?? []),
    peers: replaced(peers, added.peers ?? []),
  };
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
}

/** Newest Node first. */
function replaced<Run extends RunOrigin>(runs: readonly Run[], added: readonly Run[]): readonly Run[] {
  const major = (run: Run) => Number.parseInt(run.node.slice(1), 10);
  const kept = runs.filter((run) => added.every(({ node }) => node !== run.node));
  return [...kept, ...added].sort((a, b) => major(b) - major(a));
}
