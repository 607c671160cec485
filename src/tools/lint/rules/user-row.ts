import { factsOf } from "../policy-facts.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../rule.ts";

/** A row for a single user. */
export const userRow: Rule = {
  id: "user-row",
  category: "references",
  severity: "info",
  summary: "a row names a single user, whose id exists in only one stage",
  check,
};

function* check({ rows }: LintSubject): Iterable<Problem> {
  const { permissionRows, roleRows } = factsOf(rows);
  for (const row of [...permissionRows, ...roleRows]) {
    const subject = row.type === "p" ? row.subject : row.member;
    if (!subject.startsWith("user:")) continue;
    yield {
      ...atField(row, 0),
      message: `\`${subject}\` is a user of one user pool; in other stages the row has no effect`,
      fix: "add the user to a group and name the group",
    };
  }
}
