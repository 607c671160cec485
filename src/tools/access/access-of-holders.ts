import type { Policy } from "../../policy/policy.ts";
import { type Access, standingOn } from "./access.ts";
import { entryOn, type TermsTarget } from "./access-terms.ts";
import { holdersByRow } from "./holders-by-row.ts";
import { everHeld, type Holdings, NOTHING } from "./holdings.ts";

const NONE: Access = { kind: "none", when: [], unless: [] };

/**
 * The access of each of the holders to a route or a permission, in their order. Asks only for those that hold a subject
 * which a row about it names: to all others nothing is granted.
 */
export function accessOfHolders(
  policy: Policy,
  holders: readonly Holdings[],
): (target: TermsTarget) => readonly Access[] {
  const nothing = holders.map(() => NONE);
  const holdersAbout = holdersByRow(holders.map(everHeld));
  return (target) => {
    const entry = entryOn(policy, target);
    if (entry === undefined) return nothing;
    const accessWith = (held: Holdings) => standingOn(policy, target, held).access;
    if (entry.permissions.length === 0) return nothing.map(() => accessWith(NOTHING));
    const access = [...nothing];
    for (const index of holdersAbout([entry])) access[index] = accessWith(holders[index] ?? NOTHING);
    return access;
  };
}
