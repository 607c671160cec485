import type { LogEntry } from "./entry.ts";

const HOUR = 3_600_000;
const HOURS = 7 * 24;
/** Rows of former policies count as well; more of them are not counted. */
const MOST_ROWS = 100_000;

/** How often each row was determining in the last seven days, to the hour. */
export interface RowUses {
  /** @param at milliseconds since the epoch */
  readonly usesOf: (digest: string, at: number) => number;
  /** Decisions in those days, of whatever rows. */
  readonly decisions: (at: number) => number;
}

interface Hour {
  decisions: number;
  readonly uses: Map<string, number>;
}

/**
 * Counts the rows of a log as it is read. Whole-API answers name no determining rows, so they count as no use.
 *
 * @param now milliseconds since the epoch: what is older than seven days then is not kept
 */
export function createRowUses(now: number): RowUses & { readonly add: (entry: LogEntry) => void } {
  const hours = new Map<number, Hour>();
  const rows = new Set<string>();
  const first = hourOf(now) - HOURS;
  let summed: { readonly hour: number; readonly sum: Hour } | undefined;

  function sumAt(at: number): Hour {
    const hour = hourOf(at);
    if (summed?.hour !== hour) summed = { hour, sum: sumOf(hours, hour) };
    return summed.sum;
  }

  return {
    add(entry) {
      if (entry.kind !== "decisions") return;
      for (const { time, about, determining } of entry.decisions) {
        // A clock that is a day ahead is a mistake; all other hours have an end.
        if (time === undefined || about === "answer" || hourOf(time) < first || time > now + 24 * HOUR)
          continue;
        const hour = hours.get(hourOf(time)) ?? { decisions: 0, uses: new Map<string, number>() };
        hours.set(hourOf(time), hour);
        hour.decisions += 1;
        for (const { digest } of determining) {
          if (rows.size >= MOST_ROWS && !rows.has(digest)) continue;
          rows.add(digest);
          hour.uses.set(digest, (hour.uses.get(digest) ?? 0) + 1);
        }
      }
      summed = undefined;
    },
    usesOf: (digest, at) => sumAt(at).uses.get(digest) ?? 0,
    decisions: (at) => sumAt(at).decisions,
  };
}

function hourOf(time: number): number {
  return Math.floor(time / HOUR);
}

/** Of the hour and those of the seven days before it. */
function sumOf(hours: ReadonlyMap<number, Hour>, last: number): Hour {
  const sum: Hour = { decisions: 0, uses: new Map() };
  for (const [hour, { decisions, uses }] of hours) {
    if (hour > last || hour <= last - HOURS) continue;
    sum.decisions += decisions;
    for (const [digest, count] of uses) sum.uses.set(digest, (sum.uses.get(digest) ?? 0) + count);
  }
  return sum;
}
