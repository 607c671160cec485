import type { LogEntryJson, Outcome } from "../contract.ts";
import { hasWords } from "./words.ts";

export interface LogFilter {
  /** Empty: every outcome. */
  readonly outcome: Outcome | "";
  /** A part of the caller's name. */
  readonly who: string;
  /** A part of the route or of the path, or several words of it. */
  readonly route: string;
}

export const NO_FILTER: LogFilter = { outcome: "", who: "", route: "" };

/** The entries that fit every part of the filter, in their order. */
export function filtered(entries: readonly LogEntryJson[], filter: LogFilter): readonly LogEntryJson[] {
  const isAbout = hasWords(filter.route);
  const who = filter.who.trim().toLowerCase();
  return entries.filter((entry) => {
    if (filter.outcome !== "" && entry.outcome !== filter.outcome) return false;
    if (!entry.who.toLowerCase().includes(who)) return false;
    return isAbout(`${entry.what} ${entry.route ?? ""}`);
  });
}

/** More than a person scrolls through. */
const KEPT = 500;

/** The entries with a new one on top; one that is known already stays where it is. */
export function withEntry(entries: readonly LogEntryJson[], entry: LogEntryJson): readonly LogEntryJson[] {
  if (entries.some(({ id }) => id === entry.id)) return entries;
  return [entry, ...entries].slice(0, KEPT);
}
