import type { Policy } from "./policy.ts";
import type { Subject } from "./subject.ts";

/** The given subjects and every role that the `g` rows lead to from them, sorted; each once. */
export function subjectsHeld(
  policy: Pick<Policy, "rolesOf">,
  direct: readonly Subject[],
): readonly Subject[] {
  const held = new Set(direct);
  for (const subject of direct) {
    for (const role of policy.rolesOf.get(subject) ?? []) held.add(role);
  }
  return [...held].sort();
}
