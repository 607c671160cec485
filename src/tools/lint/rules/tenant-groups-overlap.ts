import { canNameOneGroup } from "../../../policy/tenant-group.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../rule.ts";
import { tenantGroups } from "../tenant-groups.ts";

/** One group of a token could be that of two tenants, or give two tenants' roles. */
export const tenantGroupsOverlap: Rule = {
  id: "tenant-groups-overlap",
  category: "structure",
  severity: "error",
  summary: "two group names with a placeholder can name one group",
  check,
};

function* check({ rows }: LintSubject): Iterable<Problem> {
  const groups = tenantGroups(rows);
  for (const [index, { member, row, ...group }] of groups.entries()) {
    const other = groups.slice(0, index).find((one) => canNameOneGroup(one, { member, ...group }));
    if (other === undefined) continue;
    yield {
      ...atField(row, 0),
      message: `\`${member}\` and \`${other.member}\` at ${other.row.file}:${other.row.line} can name one group`,
      names: [member, other.member],
      fix: "end the two names differently, with a `.` before the role, as in `group:{tenantId}.editors`",
    };
  }
}
