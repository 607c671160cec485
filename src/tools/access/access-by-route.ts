import type { Policy } from "../../policy/policy.ts";
import type { Subject } from "../../policy/subject.ts";
import { type Access, accessOf } from "./access.ts";
import { everHeld, type Holdings, NOTHING } from "./holdings.ts";

const NONE: Access = { kind: "none", when: [], unless: [] };

/**
 * The access of each of the holders to a route, in their order. Asks only for those that hold a subject which a row
 * about the route names: to all others nothing is granted.
 */
export function accessByRoute(
  policy: Policy,
  holders: readonly Holdings[],
): (route: string) => readonly Access[] {
  const nothing = holders.map(() => NONE);
  const holdersOf = indexesBySubject(holders);
  return (route) => {
    const entry = policy.routeEntries.get(route);
    if (entry === undefined) return nothing;
    if (entry.permissions.length === 0) return nothing.map(() => accessOf(policy, route, NOTHING));
    const subjects = new Set(entry.rows.flatMap((bySubject) => [...bySubject.keys()] as Subject[]));
    const access = [...nothing];
    for (const index of new Set([...subjects].flatMap((subject) => holdersOf.get(subject) ?? []))) {
      access[index] = accessOf(policy, route, holders[index] ?? NOTHING);
    }
    return access;
  };
}

function indexesBySubject(holders: readonly Holdings[]): ReadonlyMap<Subject, readonly number[]> {
  const indexes = new Map<Subject, number[]>();
  for (const [index, held] of holders.entries()) {
    for (const subject of everHeld(held)) {
      const list = indexes.get(subject);
      if (list === undefined) indexes.set(subject, [index]);
      else list.push(index);
    }
  }
  return indexes;
}
