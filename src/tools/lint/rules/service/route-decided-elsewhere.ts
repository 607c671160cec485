import type { LintSubject, Problem, Rule } from "../../rule.ts";
import { declaredRoutes, isPublic, rowsOf } from "../../service-routes.ts";

/** A route that has a permission, behind an authorizer that does not ask the policy. */
export const routeDecidedElsewhere: Rule = {
  id: "route-decided-elsewhere",
  category: "service",
  severity: "warning",
  summary: "a route with a permission has an authorizer that does not read the policy",
  check,
};

function* check({ rows, service }: LintSubject): Iterable<Problem> {
  if (service === undefined) return;
  const declared = declaredRoutes(rows);
  for (const { route, authorizer, at } of service.routes) {
    if (authorizer?.kind !== "native" && authorizer?.kind !== "foreign") continue;
    const [row] = rowsOf(declared, route);
    if (row === undefined || isPublic(rowsOf(declared, route))) continue;
    yield {
      ...at,
      message: `the policy requires \`${row.permission}\` on \`${route}\` (${row.file}:${row.line}), but \`${authorizer.name}\` decides it and does not read the policy`,
      fix: "use the authorizer function of claimgate, or remove the row",
    };
  }
}
