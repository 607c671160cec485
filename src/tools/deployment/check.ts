export const CHECK_AREAS = [
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

/** What a check is about; the order of a report. */
export type CheckArea = (typeof CHECK_AREAS)[number];

/**
 * `ok`: as expected; `warn`: not as expected, and it may be meant so; `fail`: wrong; `skipped`: nobody looked.
 */
export type CheckStatus = "ok" | "warn" | "fail" | "skipped";

/** One thing that doctor looked at. docs/cli.md lists the names. */
export interface Check {
  readonly area: CheckArea;
  /** Stable, kebab-case. */
  readonly name: string;
  /** What it was looked at on: a trigger, a client's name in the template, a route; empty where there is one only. */
  readonly subject: string;
  readonly status: CheckStatus;
  /** One sentence. */
  readonly message: string;
  /** What is there; left out where the message says it. JSON values. */
  readonly found?: unknown;
  readonly expected?: unknown;
  /** What to do. Every `warn` and `fail` has it. */
  readonly fix?: string;
  /** Set where it was skipped because something could not be read, so that nothing is known. */
  readonly unread?: true;
}

/** Makes the checks of one area that have the same subject. */
export interface CheckMaker {
  ok(name: string, message: string): Check;
  /** What is not as it should be. */
  wrong(status: "warn" | "fail", name: string, problem: CheckProblem): Check;
  skipped(name: string, message: string): Check;
  /** What AWS did not let us read. */
  unread(name: string, why: string): Check;
}

interface CheckProblem {
  readonly message: string;
  readonly found?: unknown;
  readonly expected?: unknown;
  readonly fix: string;
}

export function checksOn(area: CheckArea, subject = ""): CheckMaker {
  return {
    ok: (name, message) => ({ area, name, subject, status: "ok", message }),
    wrong: (status, name, problem) => ({ area, name, subject, status, ...problem }),
    skipped: (name, message) => ({ area, name, subject, status: "skipped", message }),
    unread: (name, why) => ({
      area,
      name,
      subject,
      status: "skipped",
      message: `could not be read: ${why}`,
      unread: true,
    }),
  };
}
