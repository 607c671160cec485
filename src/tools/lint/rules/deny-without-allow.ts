import { PUBLIC, patternsCovering } from "../../../policy/permission.ts";
import { factsOf, type PolicyFacts } from "../policy-facts.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../rule.ts";

/** A deny row for something that no row allows. */
export const denyWithoutAllow: Rule = {
  id: "deny-without-allow",
  category: "structure",
  severity: "warning",
  summary: "a deny row denies something that no row allows",
  needsEveryRow: true,
  check,
};

function* check({ rows }: LintSubject): Iterable<Problem> {
  const facts = factsOf(rows);
  const open = openRoutes(facts);
  const hits = new Map<string, boolean>();
  for (const row of facts.permissionRows) {
    if (row.effect === "allow") continue;
    const { permission } = row;
    const routes = facts.opened(permission);
    if (!hits.has(permission)) {
      hits.set(
        permission,
        routes.some(({ route }) => open.has(route)),
      );
    }
    // Another rule reports a permission without a route.
    if (hits.get(permission) === true || routes.length === 0) continue;
    yield {
      ...atField(row, 1),
      message: `the row has no effect: no row allows a route of \`${permission}\``,
      names: [permission, ...routes.map((one) => one.permission)],
      fix: "delete it, or check the spelling; everything that no row allows is denied anyway",
    };
  }
}

/**
 * Routes that some row opens to any subject, through any of the route's permissions: a deny of any permission of a
 * route wins.
 */
function openRoutes({ permissionRows, routeRows }: PolicyFacts): ReadonlySet<string> {
  const allowed = new Set(
    permissionRows.filter(({ effect }) => effect === "allow").map((row) => row.permission),
  );
  return new Set(
    routeRows
      .filter((row) => row.permission !== PUBLIC)
      .filter((row) => patternsCovering(row.permission).some((pattern) => allowed.has(pattern)))
      .map((row) => row.route),
  );
}
