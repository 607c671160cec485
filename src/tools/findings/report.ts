import type { Finding } from "./finding.ts";
import type { FindingPlace } from "./place.ts";
import { type SwitchedOff, switchName } from "./switched.ts";

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
    const name = switchName(one);
    const hidden = one.hidden + (switches.get(name)?.hidden ?? 0);
    switches.set(name, { ...one, hidden });
  }
  return {
    findings: reports.flatMap(({ findings }) => findings),
    switchedOff: [...switches.values()].sort((a, b) => (switchName(a) < switchName(b) ? -1 : 1)),
    ignored: reports.flatMap(({ ignored }) => ignored),
  };
}
