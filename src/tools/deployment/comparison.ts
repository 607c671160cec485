import { brief } from "../../policy/finding.ts";
import type { Finding } from "../findings/finding.ts";
import type { FindingPlace } from "../findings/place.ts";
import type { Switches } from "../findings/switched.ts";
import type { ComparisonId } from "./comparison-kinds.ts";

export const AREAS = [
  "machine",
  "service",
  "stack",
  "pool",
  "triggers",
  "groups",
  "clients",
  "apis",
  "functions",
] as const;

/** What a comparison is about; the order of a report. */
export type Area = (typeof AREAS)[number];

/**
 * `ok`: as expected; `warn`: not as expected, and it may be meant so; `fail`: wrong; `skipped`: nobody looked.
 */
export type ComparisonStatus = "ok" | "warn" | "fail" | "skipped";

/** One thing that doctor compared; where it is not as it should be, that is a finding. */
export interface Comparison {
  readonly area: Area;
  /** Of the finding, where it is not as it should be. What is told of the policy and the template has any id. */
  readonly id: string;
  /** What it was looked at on: a trigger, a client's name in the template, a route; empty where there is one only. */
  readonly subject: string;
  readonly status: ComparisonStatus;
  /** One sentence. */
  readonly message: string;
  /** What is there; left out where the message says it. JSON values. */
  readonly found?: unknown;
  readonly expected?: unknown;
  /** What to do. Every `warn` and `fail` has it. */
  readonly fix?: string;
  /** Set where it is nearer than area and subject say: a row, a resource of the template. */
  readonly place?: FindingPlace;
  /** Set where it was skipped because something could not be read, so that nothing is known. */
  readonly unread?: true;
}

/** Makes the comparisons of one area that have the same subject. */
export interface ComparisonMaker {
  ok(id: ComparisonId, message: string): Comparison;
  /** What is not as it should be. */
  wrong(status: "warn" | "fail", id: ComparisonId, problem: Difference): Comparison;
  skipped(id: ComparisonId, message: string): Comparison;
  /** What AWS did not let us read. */
  unread(id: ComparisonId, why: string): Comparison;
}

interface Difference {
  readonly message: string;
  readonly found?: unknown;
  readonly expected?: unknown;
  readonly fix: string;
}

export function comparisonsOn(area: Area, subject = ""): ComparisonMaker {
  return {
    ok: (id, message) => ({ area, id, subject, status: "ok", message }),
    wrong: (status, id, problem) => ({ area, id, subject, status, ...problem }),
    skipped: (id, message) => ({ area, id, subject, status: "skipped", message }),
    unread: (id, why) => ({
      area,
      id,
      subject,
      status: "skipped",
      message: `could not be read: ${why}`,
      unread: true,
    }),
  };
}

/** A value of `found` or `expected`, for a person. */
export function shownValue(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return value.map(shownValue).join(", ") || "nothing";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What comparisons that differ found. */
export function findingsOf(comparisons: readonly Comparison[]): readonly Finding[] {
  return comparisons.flatMap(({ area, id, subject, status, message, found, expected, fix, place }) => {
    if (status !== "warn" && status !== "fail") return [];
    const details = [
      ...(expected === undefined ? [] : [`expected ${shownValue(expected)}`]),
      ...(found === undefined ? [] : [`found ${shownValue(found)}`]),
    ];
    const finding = {
      id,
      severity: status === "fail" ? "error" : "warning",
      place: place ?? { kind: "deployed", area, subject },
      message: details.length === 0 ? message : `${message}: ${details.join(", ")}`,
      ...(fix !== undefined && { fix }),
    } as const;
    return [brief(finding)];
  });
}

/** The same, with what `lint.json` switches off skipped and its reason told. */
export function withSwitches(comparisons: readonly Comparison[], switches: Switches): readonly Comparison[] {
  return comparisons.map((comparison) => {
    const { area, id, subject, status, message } = comparison;
    const reason = switches.get(id);
    if (reason === undefined || (status !== "warn" && status !== "fail")) return comparison;
    return { area, id, subject, status: "skipped", message: `${message}; switched off: ${reason}` };
  });
}
