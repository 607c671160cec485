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

/** The area of a comparison, in the order of a report. */
export type Area = (typeof AREAS)[number];

/** `ok`: as expected; `warn`: not as expected, but possibly intended; `fail`: wrong; `skipped`: not compared. */
export type ComparisonStatus = "ok" | "warn" | "fail" | "skipped";

/** One comparison of doctor. A difference becomes a finding. */
export interface Comparison {
  readonly area: Area;
  /** The id of the finding, if there is a difference. Findings of the policy and the template may have any id. */
  readonly id: string;
  /** The compared item: a trigger, a client's name in the template, a route; empty if there is only one. */
  readonly subject: string;
  readonly status: ComparisonStatus;
  /** One sentence. */
  readonly message: string;
  /** The value found, as JSON; left out if the message contains it. */
  readonly found?: unknown;
  readonly expected?: unknown;
  /** The fix. Every `warn` and `fail` has one. */
  readonly fix?: string;
  /** A more precise place than area and subject: a row, a resource of the template. */
  readonly place?: FindingPlace;
  /** Set if something could not be read, so that the result is unknown. */
  readonly unread?: true;
}

/** Creates the comparisons of one area with the same subject. */
export interface ComparisonMaker {
  ok(id: ComparisonId, message: string): Comparison;
  /** A difference. */
  wrong(status: "warn" | "fail", id: ComparisonId, problem: Difference): Comparison;
  skipped(id: ComparisonId, message: string): Comparison;
  /** Something that AWS did not let us read. */
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

/** A value of `found` or `expected`, for people. */
export function shownValue(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return value.map(shownValue).join(", ") || "nothing";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The findings of comparisons with a difference. */
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

/** The same comparisons; those that `lint.json` switches off become skipped, with the reason. */
export function withSwitches(comparisons: readonly Comparison[], switches: Switches): readonly Comparison[] {
  return comparisons.map((comparison) => {
    const { area, id, subject, status, message } = comparison;
    const reason = switches.get(id);
    if (reason === undefined || (status !== "warn" && status !== "fail")) return comparison;
    return { area, id, subject, status: "skipped", message: `${message}; switched off: ${reason}` };
  });
}
