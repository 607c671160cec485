import type { Policy } from "./policy.ts";
import type { Subject } from "./subject.ts";

/** The given subjects and every role that the `g` rows lead to from them. */
export function holdings(policy: Pick<Policy, "rolesOf">, direct: readonly Subject[]): ReadonlySet<Subject> {
  const held = new Set(direct);
  for (const subject of direct) {
    const roles = policy.rolesOf.get(subject);
    if (roles !== undefined) for (const role of roles) held.add(role);
  }
  return held;
}

/** The same as a sorted list. */
export function subjectsHeld(
  policy: Pick<Policy, "rolesOf">,
  direct: readonly Subject[],
): readonly Subject[] {
  return [...holdings(policy, direct)].sort();
}
