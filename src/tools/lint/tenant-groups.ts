import { byPlace } from "../../policy/place.ts";
import type { RoleRow, Row } from "../../policy/row.ts";
import { type TenantGroup, tenantGroup } from "../../policy/tenant-group.ts";

/** A group of each tenant, and the first row that names it. */
export interface NamedTenantGroup extends TenantGroup {
  readonly row: RoleRow;
}

/** The members of `g` rows that have a placeholder, each once, in the order of file and line. */
export function tenantGroups(rows: readonly Row[]): readonly NamedTenantGroup[] {
  const groups = new Map<string, NamedTenantGroup>();
  for (const row of [...rows].sort(byPlace)) {
    const group = row.type === "g" ? tenantGroup(row.member) : undefined;
    if (row.type !== "g" || group === undefined || groups.has(group.member)) continue;
    groups.set(group.member, { ...group, row });
  }
  return [...groups.values()];
}
