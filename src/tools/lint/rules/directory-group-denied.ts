import type { Subject } from "../../../policy/subject.ts";
import { tenantGroup, tenantOf } from "../../../policy/tenant-group.ts";
import { factsOf } from "../policy-facts.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../rule.ts";

/** A directory group that leads to a deny row: whoever loses the group is no longer denied. */
export const directoryGroupDenied: Rule = {
  id: "directory-group-denied",
  category: "structure",
  severity: "error",
  summary: "a directory gives a group that leads to a deny row",
  check,
};

function* check({ rows }: LintSubject): Iterable<Problem> {
  const { directoryRows, permissionRows, roleRows, holding } = factsOf(rows);
  const ofTenants = roleRows.flatMap(({ member }) => tenantGroup(member) ?? []);
  const denies = permissionRows.filter(({ effect }) => effect === "deny");
  for (const row of directoryRows) {
    const group: Subject = `group:${row.group}`;
    const templates = ofTenants.filter((template) => tenantOf(template, group) !== undefined);
    const held = new Set(
      [group, ...templates.map(({ member }) => member)].flatMap((one) => [...holding.closure(one)]),
    );
    const deny = denies.find(({ subject }) => held.has(subject));
    if (deny === undefined) continue;
    yield {
      ...atField(row, 1),
      message: `\`${group}\` leads to the deny row \`${deny.text}\` at ${deny.file}:${deny.line}; a token without the directory's groups would escape it`,
      names: [group, deny.subject],
      fix: "deny a group of the pool, to which administrators add users, or give the permission to fewer groups",
    };
  }
}
