/** A part of a log. */
export interface Period {
  /** Milliseconds since the epoch; undefined is open. */
  readonly since: number | undefined;
  /** Not included. */
  readonly until: number | undefined;
}

/** Whether a time lies in the period. An undefined time lies only in a period without limits. */
export function within({ since, until }: Period, time: number | undefined): boolean {
  if (since === undefined && until === undefined) return true;
  if (time === undefined) return false;
  return (since === undefined || time >= since) && (until === undefined || time < until);
}

/** The extent of a log: counts and time span. */
export interface Extent {
  readonly decisions: number;
  /** UTC days with at least one decision. */
  readonly days: number;
  /** ISO 8601; null if no line has a time. */
  readonly first: string | null;
  readonly last: string | null;
  /** The versions of the policy that decided, sorted. */
  readonly policyVersions: readonly string[];
}

/** Counts decisions, days and versions as they come. */
export class ExtentCounter {
  #decisions = 0;
  readonly #days = new Set<number>();
  readonly #versions = new Set<string>();
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  add(time: number | undefined, policyVersion: string | undefined): void {
    this.#decisions += 1;
    if (policyVersion !== undefined) this.#versions.add(policyVersion);
    if (time === undefined) return;
    this.#days.add(Math.floor(time / 86_400_000));
    this.#first = Math.min(this.#first, time);
    this.#last = Math.max(this.#last, time);
  }

  extent(): Extent {
    return {
      decisions: this.#decisions,
      days: this.#days.size,
      first: isoTime(this.#first),
      last: isoTime(this.#last),
      policyVersions: [...this.#versions].sort(),
    };
  }
}

function isoTime(time: number): string | null {
  return Number.isFinite(time) ? new Date(time).toISOString() : null;
}
