import { patternsCovering } from "./permission.ts";
import type { Policy } from "./policy.ts";
import { subjectsHeld } from "./roles.ts";
import type { Subject } from "./subject.ts";

/**
 * The permissions that the subjects hold whatever the request: granted by an allow row without a condition,
 * and touched by no deny row at all, conditional or not. Only permissions that open some route; sorted.
 */
export function unconditionalPermissions(policy: Policy, subjects: readonly Subject[]): readonly string[] {
  const rows = subjectsHeld(policy, subjects).flatMap((subject) => policy.permissionRows.get(subject) ?? []);
  const denied = new Set(rows.filter((row) => row.effect === "deny").map((row) => row.permission));
  const allowed = new Set(
    rows.filter((row) => row.effect === "allow" && row.condition === undefined).map((row) => row.permission),
  );
  const permissions = new Set([...policy.permissionsByRoute.values()].flat());
  return [...permissions]
    .filter((permission) => {
      const patterns = patternsCovering(permission);
      return patterns.some((p) => allowed.has(p)) && !patterns.some((p) => denied.has(p));
    })
    .sort();
}
