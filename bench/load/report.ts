import type { Outcome } from "./answers.ts";
import type { Environment } from "./environment.ts";
import type { Latency, Recorder } from "./latency.ts";
import { type MemoryTrend, trendOf } from "./memory.ts";
import { GATEWAYS } from "./requests.ts";
import type { PhaseResult, RunResult } from "./run.ts";

/** Where a run happened. */
export interface Machine {
  readonly node: string;
  readonly commit: string;
  readonly processor: string;
}

/** What `--json` writes. */
export interface LoadReport extends Machine {
  readonly date: string;
  readonly invocations: number;
  readonly seconds: number;
  /** Invocations without an answer, answers that came twice, and decisions without their log line. */
  readonly lost: number;
  readonly wrong: number;
  readonly phases: readonly PhaseResult[];
  readonly functions: Readonly<Record<string, { readonly handler: Latency; readonly roundTrip: Latency }>>;
  readonly processes: readonly ProcessReport[];
  /** What makes the run fail, empty where all is well. */
  readonly failures: readonly string[];
}

interface ProcessReport {
  readonly name: string;
  readonly policyVersion: string;
  readonly invocations: number;
  readonly logLines: number;
  readonly keyFetches: number;
  readonly failedKeyFetches: number;
  readonly memory: MemoryTrend | undefined;
}

/** Flat: the heap after a collection grows by less between half of a process's invocations and its end. */
const FLAT_BYTES = 1_048_576;
/** Without any of these in its answers, a run of authorizers has shown nothing. */
const WANTED: readonly Outcome[] = ["allowed", "denied", "undecided"];
const OUTCOMES: readonly Outcome[] = [...WANTED, "refused", "token"];

export function loadReport(result: RunResult, machine: Machine): LoadReport {
  const { environments, phases, invocations, wrong, examples } = result;
  const isAuthorizer = ({ artefact }: Environment) => artefact.name in GATEWAYS;
  const logged = environments.filter(isAuthorizer);
  const answered = environments.reduce((sum, one) => sum + one.invocations, 0);
  const faults = environments.flatMap((one) => one.faults().map((fault) => `${one.name}: ${fault}`));
  const misplaced = logged.reduce((sum, { log }) => sum + log.misplaced + log.broken, 0);
  const unlogged = logged.reduce(
    (sum, { log, ...one }) => sum + Math.abs(one.invocations - log.decisions),
    0,
  );
  const lost = invocations - answered + misplaced + unlogged;
  const processes = environments.map(processReport);
  const growing = processes.filter(({ memory }) => (memory?.growth ?? 0) > FLAT_BYTES);
  const unseen = (logged.length === 0 ? [] : WANTED).filter((outcome) =>
    phases.every(({ outcomes }) => outcomes[outcome] === undefined),
  );
  return {
    ...machine,
    date: new Date().toISOString(),
    ...{ invocations, lost, wrong, phases, processes },
    seconds: phases.reduce((sum, { seconds }) => sum + seconds, 0),
    functions: Object.fromEntries(
      [...result.handler].map(([name, recorder]) => [
        name,
        { handler: recorder.latency(), roundTrip: latencyOf(result.roundTrip.get(name)) },
      ]),
    ),
    failures: [
      ...(lost === 0 ? [] : [`${lost} lost`]),
      ...(wrong === 0 ? [] : [`${wrong} wrong answers, such as`, ...examples]),
      ...faults,
      ...growing.map(({ name, memory }) => `${name}: the heap grew by ${inKb(memory?.growth)} KB`),
      ...unseen.map((outcome) => `no answer was \`${outcome}\``),
    ],
  };
}

function latencyOf(recorder: Recorder | undefined): Latency {
  if (recorder === undefined) throw new Error("handlers and round trips are recorded together");
  return recorder.latency();
}

function processReport({ name, version, invocations, log, keys, samples }: Environment): ProcessReport {
  return {
    ...{ name, policyVersion: version.policyVersion, invocations, logLines: log.decisions },
    ...{ keyFetches: keys.fetches, failedKeyFetches: keys.failures, memory: trendOf(samples) },
  };
}

/** @param countsOnly leaves out what differs from machine to machine */
export function printReport(report: LoadReport, countsOnly: boolean): void {
  console.table(
    report.phases.map(({ name, invocations, outcomes, withoutKey, byVersion }) => ({
      phase: name,
      invocations,
      ...Object.fromEntries(OUTCOMES.map((one) => [one, outcomes[one] ?? 0])),
      "key unknown": withoutKey,
      "old policy": byVersion[0],
      "new policy": byVersion[1],
    })),
  );
  if (!countsOnly) printMeasured(report);
  const { invocations, lost, wrong, failures } = report;
  console.log(`${invocations} invocations: ${lost} lost, ${wrong} wrong`);
  for (const failure of failures) console.error(failure);
}

function printMeasured({ node, processor, functions, processes }: LoadReport): void {
  console.log(`${node}, ${processor}; microseconds around the handler, and around the round trip`);
  console.table(
    Object.entries(functions).map(([name, { handler, roundTrip }]) => ({
      function: name,
      ...{
        count: handler.count,
        p50: handler.p50,
        p99: handler.p99,
        "p99.9": handler.p999,
        max: handler.max,
      },
      ...{ "trip p50": roundTrip.p50, "trip p99": roundTrip.p99, "trip p99.9": roundTrip.p999 },
    })),
  );
  console.log("memory after collections, KB; the slope is for 100,000 invocations");
  console.table(
    processes.map(({ name, invocations, keyFetches, failedKeyFetches, memory }) => ({
      ...{ process: name, invocations, "key fetches": keyFetches, failed: failedKeyFetches },
      ...{ "heap at 25 %": inKb(memory?.heapAtQuarter), "at half": inKb(memory?.heapAtHalf) },
      ...{
        "at the end": inKb(memory?.heapAtEnd),
        growth: inKb(memory?.growth),
        slope: inKb(memory?.slope),
        rss: inKb(memory?.rssAtEnd),
      },
    })),
  );
}

const inKb = (bytes: number | undefined) => (bytes === undefined ? "" : Math.round(bytes / 1_024));
