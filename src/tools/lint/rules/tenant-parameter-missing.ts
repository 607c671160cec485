import { AUTHENTICATED, MACHINE, type Subject } from "../../../policy/subject.ts";
import { hasBraces, tenantGroup } from "../../../policy/tenant-group.ts";
import { mayHaveParameter } from "../conditions/route-parameters.ts";
import { factsOf, type PolicyFacts } from "../policy-facts.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../rule.ts";

/** A role that is only held in a tenant, and a route of its permission that names no tenant. */
export const tenantParameterMissing: Rule = {
  id: "tenant-parameter-missing",
  category: "values",
  severity: "warning",
  summary: "a role of tenants is granted a permission, and a route of it names no tenant",
  needsEveryRow: true,
  check,
};

function* check({ rows }: LintSubject): Iterable<Problem> {
  const facts = factsOf(rows);
  if (!facts.roleRows.some(({ member }) => hasBraces(member))) return;
  for (const row of facts.permissionRows) {
    if (row.effect === "deny") continue;
    const parameters = tenantParameters(facts, row.subject);
    if (parameters.length === 0) continue;
    const routes = facts.opened(row.permission).map(({ route }) => route);
    const lacking = routes.filter(
      (route) => !parameters.some((parameter) => mayHaveParameter(route, parameter)),
    );
    const [route] = lacking;
    // A wildcard is meant for the routes where it can count.
    if (route === undefined || (row.permission.includes("*") && lacking.length < routes.length)) continue;
    const named = parameters.map((parameter) => `\`{${parameter}}\``).join(" or ");
    yield {
      ...atField(row, 1),
      message: `\`${row.subject}\` is held only in a tenant, and the route \`${route}\` of \`${row.permission}\` has no ${named}, so the row never allows there`,
      names: [row.subject],
      fix: "put the tenant into the path, or give the route its own permission",
    };
  }
}

/** The parameters that name the tenants in which the subject is held; empty if it is also held without one. */
function tenantParameters({ rowsOfRole }: PolicyFacts, subject: Subject): readonly string[] {
  const parameters = new Set<string>();
  const seen = new Set<Subject>([subject]);
  for (const one of seen) {
    const group = tenantGroup(one);
    if (group !== undefined) parameters.add(group.parameter);
    else if (!one.startsWith("role:") || one === AUTHENTICATED || one === MACHINE) return [];
    for (const { member } of rowsOfRole.get(one) ?? []) seen.add(member);
  }
  return [...parameters];
}
