import type { Policy } from "../../policy/policy.ts";
import { describeRow } from "../../policy/row-description.ts";
import type { LogEntry } from "./entry.ts";
import { LineCounter, type LineCounts } from "./line-counts.ts";
import type { LoggedRow } from "./logged-row.ts";
import { type Extent, ExtentCounter, type Period, within } from "./period.ts";
import type { LoggedDifference } from "./shadow-entry.ts";

/** A row, and its text if the candidate has it. */
interface NamedRow extends LoggedRow {
  readonly row: string | null;
}

/** Answers of one kind that the candidate would change. */
export interface ShadowChange {
  /** A denied caller would be allowed. */
  readonly widens: boolean;
  readonly route: string;
  /** Of the tokens, without the user. */
  readonly subjects: readonly string[];
  readonly before: readonly NamedRow[];
  readonly after: readonly NamedRow[];
  /** Of the candidate's decision; empty for a field of an AppSync API. */
  readonly reason: string;
  readonly count: number;
  readonly example: { readonly requestId: string | null; readonly time: string | null };
}

/** What a shadow logged about a candidate. */
export interface ShadowReplay {
  readonly policyVersion: string;
  /** How often a function started with this candidate; without a start, no difference proves nothing. */
  readonly starts: number;
  readonly differences: number;
  /** Lines of other candidates. */
  readonly ofOthers: number;
  /** Lines that say that a candidate could not be used, or could not decide. */
  readonly failures: number;
  /** The decisions of the log in the period, by whichever policy was in force. */
  readonly log: Extent;
  readonly outsidePeriod: number;
  readonly lines: LineCounts;
  /** Widening ones first, then the most frequent. */
  readonly changes: readonly ShadowChange[];
}

/** Groups the differences that a shadow logged, entry by entry. */
export function createShadowReplay(candidate: Policy, period: Period) {
  const texts = new Map(
    candidate.decisionRows.map((row) => describeRow("p", row)).map(({ digest, row }) => [digest, row]),
  );
  const named = (row: LoggedRow): NamedRow => ({ ...row, row: texts.get(row.digest) ?? null });
  const lines = new LineCounter();
  const extent = new ExtentCounter();
  const changes = new Map<string, { readonly value: Omit<ShadowChange, "count">; count: number }>();
  const tally = { starts: 0, differences: 0, ofOthers: 0, failures: 0, outsidePeriod: 0 };

  function differs(difference: LoggedDifference, time: number | undefined): void {
    tally.differences += 1;
    const { widens, route, reason, requestId } = difference;
    const group = {
      widens,
      route,
      subjects: difference.subjects.filter((one) => !one.startsWith("user:")).sort(),
      before: difference.before.map(named),
      after: difference.after.map(named),
      reason,
    };
    const key = JSON.stringify(group);
    const known = changes.get(key);
    if (known !== undefined) known.count += 1;
    else {
      const when = time === undefined ? null : new Date(time).toISOString();
      changes.set(key, {
        value: { ...group, example: { requestId: requestId ?? null, time: when } },
        count: 1,
      });
    }
  }

  return {
    add(entry: LogEntry): void {
      lines.add(entry);
      if (entry.kind === "decisions") {
        for (const { time, policyVersion } of entry.decisions) {
          if (within(period, time)) extent.add(time, policyVersion);
          else tally.outsidePeriod += 1;
        }
      }
      if (entry.kind !== "shadow" || !within(period, entry.time)) return;
      if (entry.what === "shadow-unusable" || entry.what === "shadow-failed") tally.failures += 1;
      else if (entry.shadowVersion !== candidate.version) tally.ofOthers += 1;
      else if (entry.what === "shadow-policy") tally.starts += 1;
      for (const one of entry.shadowVersion === candidate.version ? entry.differences : []) {
        differs(one, entry.time);
      }
    },
    result(): ShadowReplay {
      return {
        policyVersion: candidate.version,
        ...tally,
        log: extent.extent(),
        lines: lines.counts(),
        changes: [...changes.values()].map(({ value, count }) => ({ ...value, count })).sort(byWeight),
      };
    },
  };
}

function byWeight(a: ShadowChange, b: ShadowChange): number {
  if (a.widens !== b.widens) return a.widens ? -1 : 1;
  if (a.count !== b.count) return b.count - a.count;
  const [one, other] = [a, b].map(({ route, subjects }) => [route, ...subjects].join());
  return (one ?? "") < (other ?? "") ? -1 : 1;
}
