import { likelyFix } from "../../../policy/finding.ts";
import { patternsCovering } from "../../../policy/permission.ts";
import { respelled } from "../fixes/edits.ts";
import { likelyNames } from "../names/likely-names.ts";
import { factsOf } from "../policy-facts.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../rule.ts";

/** A `p` or `p3` row for a permission that opens no route. */
export const permissionWithoutRoute: Rule = {
  id: "permission-without-route",
  category: "references",
  severity: "error",
  summary: "a `p` or `p3` row names a permission, or a wildcard, that opens no route",
  needsEveryRow: true,
  check,
};

function* check(subject: LintSubject): Iterable<Problem> {
  const { permissionRows, appRows, permissions, opened } = factsOf(subject.rows);
  const candidates = [...new Set([...permissions].flatMap((name) => patternsCovering(name).slice(0, -1)))];
  const likely = likelyNames(subject);
  const meantFor = new Map<string, string | undefined>();
  for (const row of [...permissionRows, ...appRows]) {
    const { permission } = row;
    if (opened(permission).length > 0) continue;
    if (!meantFor.has(permission)) meantFor.set(permission, likely.name(permission, candidates));
    const meant = meantFor.get(permission);
    yield {
      ...atField(row, 1),
      message: `\`${permission}\` has no route, so the row ${row.type === "p3" ? "covers" : row.effect === "allow" ? "opens" : "denies"} nothing`,
      names: [permission],
      ...likelyFix(
        meant === undefined ? [] : [respelled(meant, [[row, 1]])],
        // Without its last `p3` row, a policy limits no app.
        row.type === "p3"
          ? "add the `g2` row of its route, or correct the permission"
          : "add the `g2` row of its route, or delete this row",
        " Else add the `g2` row of its route",
      ),
    };
  }
}
