import { likelyFix } from "../../../../policy/finding.ts";
import { isSpecialRoute } from "../../../../policy/route.ts";
import { createRouteTable } from "../../../../policy/route-table.ts";
import { routesDeciding } from "../../../access/request-classes.ts";
import { isDecidedByPath } from "../../../service/decided-by-path.ts";
import { respelled } from "../../fixes/edits.ts";
import { likelyNames } from "../../names/likely-names.ts";
import type { LintSubject, Problem, Rule } from "../../rule.ts";
import { declaredRoutes, isAuthorized, mayDecide } from "../../service-routes.ts";

/** A deployed route that the policy does not know: every call to it is denied. */
export const routeWithoutPermission: Rule = {
  id: "route-without-permission",
  category: "service",
  severity: "error",
  summary: "a deployed route has no `g2` row, so every call is denied",
  needsEveryRow: true,
  check,
};

function* check(subject: LintSubject): Iterable<Problem> {
  const { rows, service } = subject;
  const likely = likelyNames(subject);
  if (service === undefined) return;
  const declared = declaredRoutes(rows);
  const table = createRouteTable([...declared.keys()].filter((name) => !isSpecialRoute(name)));
  const dangling = [...declared.keys()].filter(
    (name) => !service.routes.some((route) => mayDecide(route, name)),
  );
  for (const route of service.routes) {
    if (route.authorizer?.kind !== "lambda" || !isAuthorized(route)) continue;
    if ([...declared.keys()].some((name) => mayDecide(route, name))) continue;
    if (isDecidedByPath(service, route) && routesDeciding(table, route.route).length > 0) continue;
    const meant = likely.name(route.route, dangling);
    const meantRows = (meant === undefined ? undefined : declared.get(meant)) ?? [];
    yield {
      ...route.at,
      message: `the policy has no \`g2\` row for \`${route.route}\`, so every call is denied`,
      names: [route.route],
      ...likelyFix(
        meantRows.length === 0
          ? []
          : [
              respelled(
                route.route,
                meantRows.map((one) => [one, 0] as const),
              ),
            ],
        `add \`g2, ${route.route}, PERMISSION\` to the policy`,
        meantRows
          .map((one) => ` ${one.file}:${one.line} has \`${one.route}\``)
          .slice(0, 1)
          .join(""),
      ),
    };
  }
}
