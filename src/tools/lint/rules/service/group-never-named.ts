import { issuedName } from "../../../../policy/subject.ts";
import { tenantOf } from "../../../../policy/tenant-group.ts";
import { groupsNamed } from "../../../access/named-subjects.ts";
import type { LintSubject, Problem, Rule } from "../../rule.ts";
import { tenantGroups } from "../../tenant-groups.ts";

/** A group that the stack creates and the policy never names: its members get no extra permission. */
export const groupNeverNamed: Rule = {
  id: "group-never-named",
  category: "service",
  severity: "warning",
  summary: "serverless.yml creates a group that the policy never names",
  needsEveryRow: true,
  check,
};

function* check({ rows, service }: LintSubject): Iterable<Problem> {
  if (service?.groups === undefined) return;
  const named = new Set([...groupsNamed(rows)].map(({ name }) => name));
  const tenants = tenantGroups(rows);
  const [poolAlias] = service.poolAliases ?? [];
  for (const { name: own, at } of service.groups) {
    const name = issuedName(poolAlias, own);
    if (named.has(name) || tenants.some((group) => tenantOf(group, `group:${name}`) !== undefined)) continue;
    yield {
      ...at,
      message: `the policy never names the group \`${name}\`, so it grants nothing`,
      names: [`group:${name}`],
      fix: `add \`g, group:${name}, role:ROLE\` to the policy, or remove the group`,
    };
  }
}
