import type { Finding } from "./finding.ts";
import type { FindingPlace } from "./place.ts";
import type { SwitchedOff } from "./switched.ts";

/** A finding that a comment at its place switches off. */
export interface Ignored {
  readonly id: string;
  readonly place: FindingPlace;
  readonly reason: string;
}

/** The findings, and those that are not shown. */
export interface FindingReport {
  readonly findings: readonly Finding[];
  /** Sorted by id. */
  readonly switchedOff: readonly SwitchedOff[];
  /** In the order of the findings. */
  readonly ignored: readonly Ignored[];
}

/** Combines several occasions into one report. A switch hides its findings on each of them. */
export function joinReports(reports: readonly FindingReport[]): FindingReport {
  const switches = new Map<string, SwitchedOff>();
  for (const one of reports.flatMap(({ switchedOff }) => switchedOff)) {
    const hidden = one.hidden + (switches.get(one.rule)?.hidden ?? 0);
    switches.set(one.rule, { ...one, hidden });
  }
  return {
    findings: reports.flatMap(({ findings }) => findings),
    switchedOff: [...switches.values()].sort((a, b) => (a.rule < b.rule ? -1 : 1)),
    ignored: reports.flatMap(({ ignored }) => ignored),
  };
}
