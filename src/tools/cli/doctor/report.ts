import { type Comparison, type ComparisonStatus, findingsOf } from "../../deployment/comparison.ts";
import { findingJson } from "../check/finding-json.ts";
import type { DoctorJson } from "./doctor-contract.ts";

/** What `doctor` found. */
export interface DoctorReport extends Omit<DoctorJson, "checks" | "findings" | "summary"> {
  readonly comparisons: readonly Comparison[];
}

/** What `doctor` prints with `--format json`. */
export function doctorJson({ comparisons, ...stage }: DoctorReport): DoctorJson {
  return {
    ...stage,
    summary: summarize(comparisons),
    checks: comparisons.map(({ id, place: _, ...comparison }) => ({ name: id, ...comparison })),
    findings: findingsOf(comparisons).map(findingJson),
  };
}

export function summarize(comparisons: readonly Comparison[]): DoctorJson["summary"] {
  const count = (status: ComparisonStatus) =>
    comparisons.filter((comparison) => comparison.status === status).length;
  return {
    ok: count("ok"),
    warn: count("warn"),
    fail: count("fail"),
    skipped: count("skipped"),
    unread: comparisons.filter(({ unread }) => unread === true).length,
  };
}
