import { factsOf } from "../policy-facts.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../rule.ts";

/** A subject that may do everything. */
export const allowEverything: Rule = {
  id: "allow-everything",
  category: "structure",
  severity: "warning",
  summary: "a row allows `*` without a condition: every current and future permission",
  check,
};

function* check({ rows }: LintSubject): Iterable<Problem> {
  for (const row of factsOf(rows).permissionRows) {
    if (row.effect === "deny" || row.permission !== "*" || row.condition !== undefined) continue;
    yield {
      ...atField(row, 1),
      message: `\`${row.subject}\` may call every current and future route with a permission`,
      fix: "list the permissions or resources, as in `orders:*`",
    };
  }
}
