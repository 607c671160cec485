import { likelyFix } from "../../../policy/finding.ts";
import { isPermission, PUBLIC, patternsCovering } from "../../../policy/permission.ts";
import { respelled, usesOnRoutes } from "../fixes/edits.ts";
import { likelyNames } from "../names/likely-names.ts";
import { factsOf, type PolicyFacts } from "../policy-facts.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../rule.ts";

/** A route whose permission no row allows to any subject. */
export const routeWithoutHolder: Rule = {
  id: "route-without-holder",
  category: "references",
  severity: "warning",
  summary: "no row allows a permission of a route",
  needsEveryRow: true,
  check,
};

function* check(subject: LintSubject): Iterable<Problem> {
  const facts = factsOf(subject.rows);
  const allowed = new Set(
    facts.permissionRows.filter(({ effect }) => effect === "allow").map((row) => row.permission),
  );
  const held = (permission: string) => patternsCovering(permission).some((pattern) => allowed.has(pattern));
  const open = new Set(facts.routeRows.filter((row) => held(row.permission)).map((row) => row.route));
  const tags = tagsOf(facts);
  // A permission without a route was probably meant here: no subject has the route's permission.
  const named = [...allowed].filter(isPermission);
  const idle = named.filter((permission) => facts.opened(permission).length === 0);
  const likely = likelyNames(subject);
  const seen = new Set<string>();
  for (const row of facts.routeRows) {
    const { permission, route } = row;
    if (permission === PUBLIC || held(permission) || seen.has(permission)) continue;
    // A permission that only deny rows name, on routes that other permissions open, is a tag and works as intended.
    if (open.has(route) && tags.has(permission)) continue;
    seen.add(permission);
    const meant = likely.name(permission, idle) ?? likely.name(permission, named);
    yield {
      ...atField(row, 1),
      message: `no row allows \`${permission}\`${open.has(route) ? "" : `, so no one can call \`${route}\``}`,
      names: [permission, route],
      ...likelyFix(
        meant === undefined ? [] : [respelled(meant, usesOnRoutes(subject.rows, permission))],
        `write \`p, role:NAME, ${permission}, allow\`, or delete the row`,
        ` Else write \`p, role:NAME, ${permission}, allow\``,
      ),
    };
  }
}

/** Permissions that a deny row names, directly or by resource. */
function tagsOf({ permissionRows, opened }: PolicyFacts): ReadonlySet<string> {
  const denied = permissionRows.filter((row) => row.effect === "deny" && row.permission !== "*");
  return new Set(denied.flatMap((row) => opened(row.permission).map(({ permission }) => permission)));
}
