import { covers } from "../../../policy/permission.ts";
import { MACHINE } from "../../../policy/subject.ts";
import { factsOf } from "../policy-facts.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../rule.ts";

/** A `p3` row for permissions that no user holds: it only covers, and never grants. */
export const appRowWithoutEffect: Rule = {
  id: "app-row-without-effect",
  category: "references",
  severity: "warning",
  summary: "a `p3` row covers a permission that no row grants to users",
  needsEveryRow: true,
  check,
};

function* check({ rows }: LintSubject): Iterable<Problem> {
  const { appRows, permissionRows, permissions } = factsOf(rows);
  const granted = permissionRows.filter(({ subject, effect }) => {
    return effect === "allow" && subject !== MACHINE && !/^(?:client|scope):/.test(subject);
  });
  const held = [...permissions].filter((name) => granted.some((row) => covers(row.permission, name)));
  for (const row of appRows) {
    const opened = [...permissions].filter((name) => covers(row.permission, name));
    // A permission without a route is the finding of another rule.
    if (opened.length === 0 || opened.some((name) => held.includes(name))) continue;
    yield {
      ...atField(row, 1),
      message: `no row grants \`${row.permission}\` to users, so the row covers nothing`,
      names: [row.permission, ...opened],
      fix: "grant it by a `p` row, which a `p3` row does not, or delete this row",
    };
  }
}
