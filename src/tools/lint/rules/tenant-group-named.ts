import { tenantOf } from "../../../policy/tenant-group.ts";
import { subjectsNamed } from "../../access/named-subjects.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../rule.ts";
import { tenantGroups } from "../tenant-groups.ts";

/** A row about the group of one tenant, whose rights then follow the token to every other tenant. */
export const tenantGroupNamed: Rule = {
  id: "tenant-group-named",
  category: "structure",
  severity: "error",
  summary: "a `p` or `g` row names the group of one tenant",
  check,
};

function* check({ rows }: LintSubject): Iterable<Problem> {
  const groups = tenantGroups(rows);
  if (groups.length === 0) return;
  for (const { name, row, field } of subjectsNamed(rows, "group")) {
    for (const group of groups) {
      const tenant = tenantOf(group, `group:${name}`);
      if (tenant === undefined) continue;
      const place = `${group.row.file}:${group.row.line}`;
      yield {
        ...atField(row, field),
        message: `\`group:${name}\` is \`${group.member}\` of the tenant \`${tenant}\` (${place}); this row counts in every tenant`,
        names: [`group:${name}`, group.member],
        fix: `give the role to \`${group.member}\`, or rename one of the two`,
      };
    }
  }
}
