import { nearest } from "../../../policy/suggestion.ts";
import type { LintSubject, Problem, Rule } from "../../rule.ts";
import { atLine, declaredRoutes, isAuthorized, mayDecide } from "../../service-routes.ts";

/** A deployed route that the policy does not know: every call of it is denied. */
export const routeWithoutPermission: Rule = {
  name: "route-without-permission",
  category: "service",
  severity: "error",
  summary: "a deployed route that no `g2` row opens, so every call of it is denied",
  needsEveryRow: true,
  check,
};

function* check({ rows, service }: LintSubject): Iterable<Problem> {
  if (service === undefined) return;
  const declared = declaredRoutes(rows);
  const dangling = [...declared.keys()].filter(
    (name) => !service.routes.some((route) => mayDecide(route, name)),
  );
  for (const route of service.routes) {
    if (route.authorizer?.kind !== "lambda" || !isAuthorized(route)) continue;
    if ([...declared.keys()].some((name) => mayDecide(route, name))) continue;
    const meant = nearest(route.route, dangling);
    const row = meant === undefined ? undefined : declared.get(meant)?.[0];
    yield {
      ...atLine(service, route.line),
      message: `the policy has no \`g2\` row for \`${route.route}\`, so every call of it is denied`,
      fix:
        row === undefined
          ? `add \`g2, ${route.route}, PERMISSION\` to the policy`
          : `${row.file}:${row.line} has \`${row.route}\`: did you mean that route?`,
    };
  }
}
