import { markdownTable, shown, shownRatio } from "./numbers.ts";
import { type CallTimes, type ColdStart, type DecisionTimes, OURS_NEW, type PeerRun } from "./results.ts";

/** The row that every ratio is to. */
const OURS = "claimgate";
/** claimgate, and the least that the work can cost. */
const NO_PEERS: ReadonlySet<string> = new Set([
  OURS,
  "`crypto.verify` and `JSON.parse` by hand",
  "jsonwebtoken + jwks-rsa, without a policy",
]);
const NOT_MEASURED = "not measured";

/** The tables of one run, by the name of their region in docs/performance.md. Ratios are to claimgate. */
export function peerTables(run: PeerRun): Readonly<Record<string, string>> {
  return {
    decisions: decisionTable(run.decisions),
    verifications: callTable("verification by", run.verifications),
    calls: callTable("authorizer of", run.calls),
    "cold starts": coldTable(run.coldStarts),
  };
}

function decisionTable(engines: readonly DecisionTimes[]): string {
  const sizes = Object.keys(engines[0]?.micros ?? {});
  const ours = engines.find(({ engine }) => engine === OURS)?.micros ?? {};
  const cell = (micros: number | null | undefined, base: number | null | undefined) =>
    typeof micros === "number"
      ? `${shown(micros)} (${shownRatio(micros, base ?? Number.NaN)})`
      : NOT_MEASURED;
  return markdownTable(
    ["µs by rows of the policy", ...sizes.map((size) => Number(size).toLocaleString("en"))],
    engines.map(({ engine, micros }) => [engine, ...sizes.map((size) => cell(micros[size], ours[size]))]),
  );
}

function callTable(head: string, times: readonly CallTimes[]): string {
  const ours = times.find(({ name }) => name === OURS);
  const rows = times.map(({ name, fresh, seen }) => [
    name,
    `${shown(fresh)} (${shownRatio(fresh, ours?.fresh ?? Number.NaN)})`,
    seenCell(fresh, seen, ours),
  ]);
  return markdownTable([head, "fresh token, µs", "token seen before, µs"], rows);
}

function seenCell(fresh: number, seen: number | null, ours: CallTimes | undefined): string {
  const base = ours?.seen ?? Number.NaN;
  if (seen === null) return `as fresh (${shownRatio(fresh, base)})`;
  return `${shown(seen)} (${shownRatio(seen, base)})`;
}

function coldTable(starts: readonly ColdStart[]): string {
  const ours = starts.find(({ name }) => name === OURS);
  const rows = starts.map(({ name, ms, kilobytes }) => [
    name,
    `${shown(ms)} (${shownRatio(ms, ours?.ms ?? Number.NaN)})`,
    kilobytes.toLocaleString("en"),
  ]);
  return markdownTable(["authorizer of", "cold start, ms", "KB"], rows);
}

/** What is faster than claimgate, as list items; the page must not hide them. */
export function lossesOf(run: PeerRun): string {
  const ours = {
    fresh: run.calls.find(({ name }) => name === OURS)?.fresh ?? Number.NaN,
    seen: run.calls.find(({ name }) => name === OURS)?.seen ?? Number.NaN,
    verified: run.verifications.find(({ name }) => name === OURS)?.fresh ?? Number.NaN,
    remembered: run.verifications.find(({ name }) => name === OURS)?.seen ?? Number.NaN,
    cold: run.coldStarts.find(({ name }) => name === OURS)?.ms ?? Number.NaN,
  };
  const comparisons: readonly [string, readonly (readonly [string, number])[], number][] = [
    ["A decision made before, on 1,000 rows", decidedOn(run, "1000"), decisionOf(run, OURS, "1000")],
    ["A decision made before, on 100,000 rows", decidedOn(run, "100000"), decisionOf(run, OURS, "100000")],
    ["A new decision, on 1,000 rows", decidedOn(run, "1000"), decisionOf(run, OURS_NEW, "1000")],
    ["A new decision, on 100,000 rows", decidedOn(run, "100000"), decisionOf(run, OURS_NEW, "100000")],
    ["Verifying a fresh token", run.verifications.map(({ name, fresh }) => [name, fresh]), ours.verified],
    [
      "Verifying a token seen before",
      run.verifications.map(({ name, fresh, seen }) => [name, seen ?? fresh]),
      ours.remembered,
    ],
    ["A call with a fresh token", run.calls.map(({ name, fresh }) => [name, fresh]), ours.fresh],
    [
      "A call with a token seen before",
      run.calls.map(({ name, fresh, seen }) => [name, seen ?? fresh]),
      ours.seen,
    ],
    ["A cold start", run.coldStarts.map(({ name, ms }) => [name, ms]), ours.cold],
  ];
  return comparisons.map(([what, times, base]) => `- ${what}: ${fasterThan(times, base)}.`).join("\n");
}

function decidedOn({ decisions }: PeerRun, size: string): readonly (readonly [string, number])[] {
  return decisions.flatMap(({ engine, micros }) => {
    const time = micros[size];
    return typeof time === "number" && !engine.startsWith(OURS) ? [[engine, time] as const] : [];
  });
}

function decisionOf({ decisions }: PeerRun, name: string, size: string): number {
  return decisions.find(({ engine }) => engine === name)?.micros[size] ?? Number.NaN;
}

function fasterThan(times: readonly (readonly [string, number])[], base: number): string {
  const faster = times.filter(([name, time]) => !NO_PEERS.has(name) && time < base);
  const shares = faster
    .toSorted(([, a], [, b]) => a - b)
    .map(([name, time]) => `${name} (${shownRatio(time, base)})`);
  return shares.join("; ") || "nothing";
}
