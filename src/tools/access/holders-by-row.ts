import type { RouteEntry } from "../../policy/policy.ts";
import type { Subject } from "../../policy/subject.ts";

/**
 * Finds those that hold the subject of a row, so that nobody is asked about rows that say nothing of them.
 *
 * @param held of each holder: every subject that it may hold
 * @returns the places of the holders that hold a subject which a row of one of the entries names; sorted. An entry is
 * undefined for a route that is not declared
 */
export function holdersByRow(
  held: readonly ReadonlySet<Subject>[],
): (entries: readonly (RouteEntry | undefined)[]) => readonly number[] {
  const placesOf = new Map<string, number[]>();
  for (const [place, subjects] of held.entries()) {
    for (const subject of subjects) {
      const places = placesOf.get(subject);
      if (places === undefined) placesOf.set(subject, [place]);
      else places.push(place);
    }
  }
  return (entries) => {
    const found = new Set<number>();
    for (const entry of entries) {
      for (const bySubject of entry?.rows ?? []) {
        for (const subject of bySubject.keys())
          for (const place of placesOf.get(subject) ?? []) found.add(place);
      }
    }
    return [...found].sort((a, b) => a - b);
  };
}
