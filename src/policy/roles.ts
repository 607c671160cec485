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

/**
 * The given subjects and every role that follows from them, step by step.
 *
 * @param next the direct roles of a subject
 */
export function followRoles(
  from: Iterable<Subject>,
  next: (subject: Subject) => Iterable<Subject>,
): ReadonlySet<Subject> {
  const reached = new Set(from);
  // A Set also iterates over members added during the loop, so this follows the whole graph, cycles included.
  for (const each of reached) for (const role of next(each)) reached.add(role);
  return reached;
}
