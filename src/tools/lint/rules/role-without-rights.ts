import { likelyFix } from "../../../policy/finding.ts";
import type { Subject } from "../../../policy/subject.ts";
import { respelled, usesAsGiven } from "../fixes/edits.ts";
import { likelyNames } from "../names/likely-names.ts";
import { factsOf } from "../policy-facts.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../rule.ts";

/** A role that is assigned but grants nothing. */
export const roleWithoutRights: Rule = {
  id: "role-without-rights",
  category: "references",
  severity: "error",
  summary: "a role is assigned but grants nothing",
  needsEveryRow: true,
  check,
};

function* check(subject: LintSubject): Iterable<Problem> {
  const { roleRows, rowsOfRole, rowsOfSubject, rowsOfMember } = factsOf(subject.rows);
  const idle = (role: Subject) => !rowsOfSubject.has(role) && !rowsOfMember.has(role);
  const used = [...new Set([...rowsOfSubject.keys(), ...rowsOfMember.keys()])].filter((name) =>
    name.startsWith("role:"),
  );
  const notGiven = used.filter((role) => !rowsOfRole.has(role));
  const likely = likelyNames(subject);
  const seen = new Set<Subject>();
  for (const row of roleRows) {
    if (!idle(row.role) || seen.has(row.role)) continue;
    seen.add(row.role);
    const meant = likely.subject(row.role, notGiven) ?? likely.subject(row.role, used);
    yield {
      ...atField(row, 1),
      message: `\`${row.role}\` is assigned but grants nothing`,
      names: [row.role],
      ...likelyFix(
        meant === undefined ? [] : [respelled(meant, usesAsGiven(subject.rows, row.role))],
        `write \`p, ${row.role}, PERMISSION, allow\`, or delete the row`,
      ),
    };
  }
}
