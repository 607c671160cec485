import type { LinkRow } from "./rows.ts";

/** casbin follows so many `g` rows from a name, and no further. */
const MOST_LINKS = 10;

/** A row at which casbin stops to follow roles; undefined if it follows all of them. */
export function tooDeepLink(links: readonly LinkRow[]): LinkRow | undefined {
  const from = new Map<string, LinkRow[]>();
  for (const link of links) from.set(link.member.text, [...(from.get(link.member.text) ?? []), link]);
  for (const start of from.keys()) {
    const distance = new Map([[start, 0]]);
    // A map keeps its order while it grows: the search is breadth first.
    for (const [name, steps] of distance) {
      for (const link of from.get(name) ?? []) {
        if (distance.has(link.role.text)) continue;
        if (steps === MOST_LINKS) return link;
        distance.set(link.role.text, steps + 1);
      }
    }
  }
  return undefined;
}
