import type { PermissionRow } from "../../../policy/row.ts";
import { weakerOrEqual } from "../conditions/comparisons.ts";
import { patternsCoveringPattern } from "../covering/permissions.ts";
import { factsOf, type PolicyFacts } from "../policy-facts.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../rule.ts";

/** An allow row that can never take effect. */
export const allowAlwaysDenied: Rule = {
  id: "allow-always-denied",
  category: "structure",
  severity: "warning",
  summary: "a deny row beats the allow row in every decision",
  needsEveryRow: true,
  check,
};

function* check({ rows }: LintSubject): Iterable<Problem> {
  const facts = factsOf(rows);
  for (const row of facts.permissionRows) {
    if (row.effect === "deny") continue;
    const deny = beatingDeny(facts, row);
    if (deny === undefined) continue;
    yield {
      ...atField(row, 2),
      message: `the row never allows: \`${deny.text}\` at ${deny.file}:${deny.line} always overrides it${because(deny, row)}`,
      names: [row.subject, deny.subject],
      fix: "delete one of the two rows; a deny always overrides an allow",
    };
  }
}

/**
 * A deny row for the row's whole permission, of a subject that every caller with the row's subject has too, that
 * matches whenever the row does. If all comparisons of the allow are true, so are those of the deny, which are among
 * them.
 */
function beatingDeny(facts: PolicyFacts, row: PermissionRow): PermissionRow | undefined {
  const patterns = new Set(patternsCoveringPattern(row.permission));
  for (const subject of facts.holding.alwaysWith(row.subject)) {
    const deny = (facts.rowsOfSubject.get(subject) ?? []).find(
      (other) =>
        other.effect === "deny" &&
        patterns.has(other.permission) &&
        weakerOrEqual(other.condition, row.condition),
    );
    if (deny !== undefined) return deny;
  }
  return undefined;
}

function because(deny: PermissionRow, row: PermissionRow): string {
  return deny.subject === row.subject
    ? ""
    : `, since every holder of \`${row.subject}\` also holds \`${deny.subject}\``;
}
