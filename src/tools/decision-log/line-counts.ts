import { STOPPED } from "../../policy/refusals.ts";
import type { LogEntry } from "./entry.ts";

/** The counts of lines that are not decisions, so that none is dropped silently. */
export interface LineCounts {
  /** Messages of the log, of every kind. */
  readonly lines: number;
  /** Of another kind, by kind: `token-refused`, `authorizer-failed`, and `no JSON` for other text. */
  readonly other: Readonly<Record<string, number>>;
  /**
   * Requests refused before a decision, by reason; the policy does not matter. `stopped`: by an emergency stop, where
   * each route of a whole-API answer counts.
   */
  readonly refused: Readonly<Record<string, number>>;
  /** Decisions that cannot be read, by reason. */
  readonly damaged: Readonly<Record<string, number>>;
}

export class LineCounter {
  #lines = 0;
  readonly #other = new Map<string, number>();
  readonly #refused = new Map<string, number>();
  readonly #damaged = new Map<string, number>();

  add(entry: LogEntry): void {
    this.#lines += 1;
    if (entry.kind === "other" || entry.kind === "shadow") increase(this.#other, entry.what);
    else if (entry.kind === "refused") increase(this.#refused, entry.reason);
    else if (entry.kind === "damaged") increase(this.#damaged, entry.why);
    else if (entry.stopped > 0) increase(this.#refused, STOPPED, entry.stopped);
  }

  counts(): LineCounts {
    return {
      lines: this.#lines,
      other: sortedRecord(this.#other),
      refused: sortedRecord(this.#refused),
      damaged: sortedRecord(this.#damaged),
    };
  }
}

function increase(counts: Map<string, number>, key: string, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function sortedRecord(counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
