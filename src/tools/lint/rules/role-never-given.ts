import { likelyFix } from "../../../policy/finding.ts";
import type { Row } from "../../../policy/row.ts";
import { AUTHENTICATED, MACHINE, type Subject } from "../../../policy/subject.ts";
import { respelled, usesAsHolder } from "../fixes/edits.ts";
import { likelyNames } from "../names/likely-names.ts";
import { factsOf } from "../policy-facts.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../rule.ts";

/** A role that has rows, but that no `g` row assigns. */
export const roleNeverGiven: Rule = {
  id: "role-never-given",
  category: "references",
  severity: "error",
  summary: "a role has permissions or inherits but is never assigned",
  needsEveryRow: true,
  check,
};

function* check(subject: LintSubject): Iterable<Problem> {
  const { rows } = subject;
  const { permissionRows, roleRows, rowsOfRole, rowsOfSubject, rowsOfMember } = factsOf(rows);
  const used: [Row, Subject][] = [
    ...permissionRows.map((row): [Row, Subject] => [row, row.subject]),
    ...roleRows.map((row): [Row, Subject] => [row, row.member]),
  ];
  const given = [...rowsOfRole.keys()];
  const idle = given.filter((name) => !rowsOfSubject.has(name) && !rowsOfMember.has(name));
  const likely = likelyNames(subject);
  const seen = new Set<Subject>();
  for (const [row, role] of used) {
    if (!role.startsWith("role:") || role === AUTHENTICATED || role === MACHINE) continue;
    if (rowsOfRole.has(role) || seen.has(role)) continue;
    seen.add(role);
    const meant = likely.subject(role, idle) ?? likely.subject(role, given);
    yield {
      ...atField(row, 0),
      message: `\`${role}\` is never assigned, so its rows have no effect`,
      names: [role],
      ...likelyFix(
        meant === undefined ? [] : [respelled(meant, usesAsHolder(rows, role))],
        `assign it, as in \`g, group:NAME, ${role}\`, or delete its rows`,
        ` Else assign it, as in \`g, group:NAME, ${role}\``,
      ),
    };
  }
}
