import type { Policy } from "./policy.ts";
import type { Subject } from "./subject.ts";

/** The given subjects and every role that the `g` rows lead to from them, sorted; each once. */
export function subjectsHeld(
  policy: Pick<Policy, "directRoles">,
  direct: readonly Subject[],
): readonly Subject[] {
  const held = new Set(direct);
  // A Set iterates over what is added meanwhile, so this follows the whole graph, cycles included.
  for (const subject of held) {
    for (const role of policy.directRoles.get(subject) ?? []) held.add(role);
  }
  return [...held].sort();
}
