import type { Subject } from "../../src/policy/subject.ts";

export interface LargePolicy {
  readonly roles: number;
  readonly routes: number;
  readonly rows: number;
}

/**
 * A policy whose matrix has no two equal columns: each role has a group, every second role inherits the one before it,
 * and the `p` rows are dealt evenly, one in twenty a deny, one in ten with a condition.
 */
export function largePolicy({ roles, routes, rows }: LargePolicy): string {
  const lines: string[] = [];
  const role = (index: number): Subject => `role:team-${index}`;
  for (let index = 0; index < roles; index += 1) {
    lines.push(`g, group:staff-${index}, ${role(index)}`);
    if (index % 2 === 1) lines.push(`g, ${role(index)}, ${role(index - 1)}`);
  }
  for (let index = 0; index < routes; index += 1) {
    lines.push(`g2, GET /tenants/{tenantId}/things-${index}, thing-${index}:read`);
  }
  // Coprime to the usual counts, so that neighbours differ and no row occurs twice.
  const stride = 7_919;
  for (let index = 0; index < rows; index += 1) {
    const at = Math.floor(index / roles);
    const permission = `thing-${((index % roles) * stride + at * 13) % routes}:read`;
    const effect = index % 20 === 7 ? "deny" : "allow";
    const condition = index % 10 === 3 ? ", {tenantId}=tenant_id" : "";
    lines.push(`p, ${role(index % roles)}, ${permission}, ${effect}${condition}`);
  }
  return `${lines.join("\n")}\n`;
}
