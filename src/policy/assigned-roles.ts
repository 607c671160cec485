import { LazyMap } from "./lazy-map.ts";
import type { Policy } from "./policy.ts";
import { followRoles } from "./roles.ts";
import type { Subject } from "./subject.ts";
import { hasBraces, type TenantGroup, tenantGroup } from "./tenant-group.ts";

/**
 * What the `g` rows say, by member.
 *
 * @param assigned the direct roles of each member, sorted; a member may be the group of each tenant
 */
export function assignedRoles(
  assigned: ReadonlyMap<string, readonly Subject[]>,
): Pick<Policy, "directRoles" | "rolesOf" | "tenantRoles"> {
  const directRoles = new Map(assigned);
  const ofTenants: TenantGroup[] = [];
  for (const member of assigned.keys()) {
    if (!hasBraces(member)) continue;
    directRoles.delete(member);
    const group = tenantGroup(member as Subject);
    if (group !== undefined) ofTenants.push(group);
  }
  const followed = (roles: readonly Subject[]) =>
    [...followRoles(roles, (subject) => directRoles.get(subject) ?? [])].sort();
  return {
    directRoles,
    rolesOf: new LazyMap(directRoles, followed),
    tenantRoles: ofTenants.map((group) => {
      const roles = assigned.get(group.member) ?? [];
      return { ...group, directRoles: roles, roles: followed(roles) };
    }),
  };
}
