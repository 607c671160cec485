import { isPermission } from "../../../policy/permission.ts";
import { factsOf, type PolicyFacts } from "../policy-facts.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../rule.ts";

/** A wildcard that could be a single name. */
export const needlessWildcard: Rule = {
  id: "needless-wildcard",
  category: "structure",
  severity: "info",
  summary: "a wildcard allows a single permission, and all future ones",
  needsEveryRow: true,
  check,
};

function* check({ rows }: LintSubject): Iterable<Problem> {
  const facts = factsOf(rows);
  const onlyOf = new Map<string, string | undefined>();
  for (const row of facts.permissionRows) {
    const { permission } = row;
    // A deny with a wildcard is right: it also denies what is added later.
    if (row.effect === "deny" || isPermission(permission)) continue;
    if (!onlyOf.has(permission)) onlyOf.set(permission, onlyPermission(facts, permission));
    const only = onlyOf.get(permission);
    if (only === undefined) continue;
    yield {
      ...atField(row, 1),
      message: `\`${permission}\` covers only \`${only}\` today but will also allow permissions added later`,
      // A route of any other permission needs the wildcard; below a resource, of any other permission of that
      // resource.
      names: [permission.startsWith("*") ? "g2" : permission.slice(0, permission.indexOf(":"))],
      fix: `write \`${only}\``,
    };
  }
}

function onlyPermission({ opened }: PolicyFacts, pattern: string): string | undefined {
  const [only, other] = new Set(opened(pattern).map(({ permission }) => permission));
  return other === undefined ? only : undefined;
}
