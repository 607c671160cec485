import { covers } from "./permission.ts";
import type { DecisionRow, Policy, RouteEntry } from "./policy.ts";
import { heldOn } from "./roles.ts";
import type { HeldSubjects, Subject } from "./subject.ts";

/**
 * The permissions that the subjects hold on every request: an allow row without a condition grants them, and no deny
 * row, conditional or not, applies to any of their routes. Only permissions that open a route; sorted.
 *
 * @example
 * import { unconditionalPermissions } from "claimgate/policy";
 *
 * console.log(unconditionalPermissions(policy, ["role:authenticated", "group:staff"]));
 */
export function unconditionalPermissions(policy: Policy, subjects: readonly Subject[]): readonly string[] {
  // Without parameters, each role of a tenant is unknown: it grants nothing here, and its deny rows apply.
  const { certain, unknown } = heldOn(policy, subjects, {});
  const granted = new Set<string>();
  const denied = new Set<string>();
  for (const entry of policy.routeEntries.values()) {
    const rows = heldRows(entry, certain);
    const touched = [...rows, ...heldRows(entry, unknown)].some((row) => row.effect === "deny");
    const allows = rows.filter((row) => row.effect === "allow" && row.condition === undefined);
    for (const permission of entry.permissions) {
      if (touched) denied.add(permission);
      else if (allows.some((row) => covers(row.permission, permission))) granted.add(permission);
    }
  }
  return [...granted].filter((permission) => !denied.has(permission)).sort();
}

/** Every row of a held subject that can match the route. */
export function heldRows({ rows: bySubjects }: Pick<RouteEntry, "rows">, held: HeldSubjects): DecisionRow[] {
  const rows: DecisionRow[] = [];
  for (const bySubject of bySubjects) {
    // Whichever has fewer: a token has some subjects, and most permissions are named in a few rows.
    if (bySubject.size < held.size) {
      for (const [subject, found] of bySubject) if (held.has(subject as Subject)) rows.push(...found);
      continue;
    }
    for (const subject of held) {
      const found = bySubject.get(subject);
      if (found !== undefined) rows.push(...found);
    }
  }
  return rows;
}
