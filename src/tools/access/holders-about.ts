import type { RouteEntry } from "../../policy/policy.ts";
import { holdersByRow } from "./holders-by-row.ts";
import { everHeld } from "./holdings.ts";
import type { Holder } from "./term-changes.ts";

/** Those whom a row of the entries concerns, and the roles of every token of a kind; in their order. */
export type HoldersAbout = (entries: readonly (RouteEntry | undefined)[]) => readonly Holder[];

/**
 * The holders to compare. Of everyone else, no row of either policy says anything: they neither gain, nor lose, nor let
 * another one gain.
 */
export function holdersAbout(holders: readonly Holder[]): HoldersAbout {
  const placesAbout = holdersByRow(
    holders.map(({ before, after }) => new Set([...everHeld(before), ...everHeld(after)])),
  );
  const ofKind = holders.flatMap(({ subject, kind }, place) => (subject === kind ? [place] : []));
  return (entries) => {
    const places = new Set([...ofKind, ...placesAbout(entries)]);
    return [...places].sort((a, b) => a - b).flatMap((place) => holders[place] ?? []);
  };
}
