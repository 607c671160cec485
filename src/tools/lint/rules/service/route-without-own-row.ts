import { isSpecialRoute } from "../../../../policy/route.ts";
import { createRouteTable, type RouteTable } from "../../../../policy/route-table.ts";
import { routesDeciding } from "../../../access/request-classes.ts";
import { isDecidedByPath } from "../../../service/decided-by-path.ts";
import type { ServiceRoute } from "../../../service/service.ts";
import type { LintSubject, Problem, Rule } from "../../rule.ts";
import { declaredRoutes } from "../../service-routes.ts";

/** A deployed route that the policy does not name: a row for more than this route decides its calls. */
export const routeWithoutOwnRow: Rule = {
  id: "route-without-own-row",
  category: "service",
  severity: "warning",
  summary: "a deployed route has no `g2` row of its own, so a coarser row decides its calls",
  needsEveryRow: true,
  check,
};

function* check({ rows, service }: LintSubject): Iterable<Problem> {
  if (service === undefined) return;
  const declared = declaredRoutes(rows);
  const table = createRouteTable([...declared.keys()].filter((name) => !isSpecialRoute(name)));
  for (const deployed of service.routes) {
    const { route, authorizer, gateway, at } = deployed;
    if (authorizer?.kind !== "lambda" || gateway === "websocket" || isSpecialRoute(route)) continue;
    // `HEAD` is decided as `GET` is.
    if (declared.has(route) || declared.has(route.replace(/^HEAD /, "GET "))) continue;
    const names = isDecidedByPath(service, deployed) ? routesDeciding(table, route) : [anyOf(route)];
    const coarser = names.find((name) => declared.has(name) && isCoarser(name, deployed, table));
    const row = coarser === undefined ? undefined : declared.get(coarser)?.[0];
    if (row === undefined) continue;
    yield {
      ...at,
      message: `the policy has no \`g2\` row for \`${route}\`, so \`${row.route}\` decides it (${row.file}:${row.line}, \`${row.permission}\`)`,
      names: [route],
      fix: `add \`g2, ${route}, PERMISSION\`, if it needs another permission`,
    };
  }
}

function anyOf(route: string): string {
  return route.replace(/^\S+ /, "ANY ");
}

/** Whether the row also covers requests of other routes. */
function isCoarser(name: string, { route }: ServiceRoute, table: RouteTable): boolean {
  return name !== route && !routesWithin(table, route).has(name);
}

/**
 * The declared routes that are part of the deployed one: `GET /orders` of `ANY /orders`, `GET /a/b` of `GET
 * /a/{proxy+}`.
 */
function routesWithin(table: RouteTable, route: string): ReadonlySet<string> {
  const [method = "", template = ""] = route.split(" ");
  const greedy = template.endsWith("+}");
  const prefix = template.slice(0, template.lastIndexOf("/") + 1);
  return new Set(
    [...table.names].filter((name) => {
      const [own = "", path = ""] = name.split(" ");
      return (method === "ANY" || own === method) && (greedy ? path.startsWith(prefix) : path === template);
    }),
  );
}
