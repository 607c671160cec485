import { LazyMap } from "./lazy-map.ts";
import type { Policy } from "./policy.ts";
import { followRoles } from "./roles.ts";
import type { Subject } from "./subject.ts";
import { hasBraces, tenantGroup } from "./tenant-group.ts";

/**
 * What the `g` rows say, by member.
 *
 * @param assigned the direct roles of each member, sorted; a member may be the group of each tenant
 */
export function assignedRoles(
  assigned: ReadonlyMap<string, readonly Subject[]>,
): Pick<Policy, "directRoles" | "rolesOf" | "tenantRoles"> {
  const directRoles = new Map([...assigned].filter(([member]) => !hasBraces(member)));
  const followed = (roles: readonly Subject[]) =>
    [...followRoles(roles, (subject) => directRoles.get(subject) ?? [])].sort();
  return {
    directRoles,
    rolesOf: new LazyMap(directRoles, followed),
    tenantRoles: [...assigned].flatMap(([member, roles]) => {
      const group = tenantGroup(member as Subject);
      return group === undefined ? [] : [{ ...group, directRoles: roles, roles: followed(roles) }];
    }),
  };
}
