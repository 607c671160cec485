import { likelyFix } from "../../../policy/finding.ts";
import type { Subject } from "../../../policy/subject.ts";
import { respelled, usesAsGiven } from "../fixes/edits.ts";
import { likelyNames } from "../names/likely-names.ts";
import { factsOf } from "../policy-facts.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../rule.ts";

/** New users land in a group that grants them nothing. */
export const landingGroupWithoutRights: Rule = {
  id: "landing-group-without-rights",
  category: "references",
  severity: "info",
  summary: "new users land in a group that has no role and no permission",
  needsEveryRow: true,
  check,
};

function* check(subject: LintSubject): Iterable<Problem> {
  const { landingRows, rowsOfSubject, rowsOfMember } = factsOf(subject.rows);
  const groups = new Set(
    [...rowsOfSubject.keys(), ...rowsOfMember.keys()].filter((name) => name.startsWith("group:")),
  );
  const likely = likelyNames(subject);
  const seen = new Set<Subject>();
  for (const row of landingRows) {
    const group: Subject = `group:${row.group}`;
    if (groups.has(group) || seen.has(group)) continue;
    seen.add(group);
    const meant = likely.subject(group, [...groups]);
    yield {
      ...atField(row, 1),
      message: `new users land in \`${group}\`, which has no role and no permission`,
      names: [group],
      ...likelyFix(
        meant === undefined ? [] : [respelled(meant, usesAsGiven(subject.rows, group))],
        `give it a role: \`g, ${group}, role:NAME\``,
      ),
    };
  }
}
