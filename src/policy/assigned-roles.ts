import { LazyMap } from "./lazy-map.ts";
import type { Policy } from "./policy.ts";
import { followRoles } from "./roles.ts";
import type { Subject } from "./subject.ts";
import { hasBraces, type TenantGroup, tenantGroup } from "./tenant-group.ts";

/**
 * What the `g` rows say, by member.
 *
 * @param assigned what the direct roles of each member are read from; a member may be the group of each tenant
 * @param rolesIn reads them, sorted
 */
export function assignedRoles<Roles>(
  assigned: ReadonlyMap<string, Roles>,
  rolesIn: (roles: Roles) => readonly Subject[],
): Pick<Policy, "directRoles" | "rolesOf" | "tenantRoles"> {
  const ofMembers = new Map(assigned);
  const ofTenants: [TenantGroup, Roles][] = [];
  for (const [member, roles] of assigned) {
    if (!hasBraces(member)) continue;
    ofMembers.delete(member);
    const group = tenantGroup(member as Subject);
    if (group !== undefined) ofTenants.push([group, roles]);
  }
  const directRoles = new LazyMap(ofMembers, rolesIn);
  const followed = (roles: readonly Subject[]) =>
    [...followRoles(roles, (subject) => directRoles.get(subject) ?? [])].sort();
  return {
    directRoles,
    rolesOf: new LazyMap(ofMembers, (_, member) => followed(directRoles.get(member) ?? [])),
    tenantRoles: ofTenants.map(([group, roles]) => {
      const direct = rolesIn(roles);
      return { ...group, directRoles: direct, roles: followed(direct) };
    }),
  };
}
