import { likelyFix } from "../../../policy/finding.ts";
import type { Subject } from "../../../policy/subject.ts";
import { tenantOf } from "../../../policy/tenant-group.ts";
import { respelled, usesAsGiven } from "../fixes/edits.ts";
import { likelyNames } from "../names/likely-names.ts";
import { factsOf } from "../policy-facts.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../rule.ts";
import { tenantGroups } from "../tenant-groups.ts";

/** New users land in a group that grants them nothing, or a directory gives such a group. */
export const landingGroupWithoutRights: Rule = {
  id: "landing-group-without-rights",
  category: "references",
  severity: "info",
  summary: "new users land in a group that has no role and no permission, or a directory gives it",
  needsEveryRow: true,
  check,
};

function* check(subject: LintSubject): Iterable<Problem> {
  const { landingRows, directoryRows, rowsOfSubject, rowsOfMember } = factsOf(subject.rows);
  const groups = new Set(
    [...rowsOfSubject.keys(), ...rowsOfMember.keys()].filter((name) => name.startsWith("group:")),
  );
  const ofTenants = tenantGroups(subject.rows);
  const likely = likelyNames(subject);
  const seen = new Set<Subject>();
  for (const row of [...landingRows, ...directoryRows]) {
    const group: Subject = `group:${row.group}`;
    if (groups.has(group) || seen.has(group)) continue;
    if (ofTenants.some((one) => tenantOf(one, group) !== undefined)) continue;
    seen.add(group);
    const meant = likely.subject(group, [...groups]);
    yield {
      ...atField(row, 1),
      message: `${row.type === "g3" ? "new users land in" : "a directory gives"} \`${group}\`, which has no role and no permission`,
      names: [group],
      ...likelyFix(
        meant === undefined ? [] : [respelled(meant, usesAsGiven(subject.rows, group))],
        `give it a role: \`g, ${group}, role:NAME\``,
      ),
    };
  }
}
