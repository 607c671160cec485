import type { LintSubject, Problem, Rule } from "../../rule.ts";
import { declaredRoutes, isAuthorized, isPublic, rowsOf } from "../../service-routes.ts";

/** A deployed route that anyone may call although the policy does not declare it public. */
export const routeWithoutAuthorizer: Rule = {
  id: "route-without-authorizer",
  category: "service",
  severity: "error",
  summary: "an event has no authorizer, but its route is not `public` in the policy",
  needsEveryRow: true,
  check,
};

function* check({ rows, service }: LintSubject): Iterable<Problem> {
  if (service === undefined) return;
  const declared = declaredRoutes(rows);
  for (const route of service.routes) {
    if (route.authorizer !== undefined || !isAuthorized(route)) continue;
    const [row] = rowsOf(declared, route.route);
    if (row !== undefined && isPublic(rowsOf(declared, route.route))) continue;
    const asks =
      row === undefined
        ? "it is not `public` in the policy"
        : `the policy requires \`${row.permission}\` (${row.file}:${row.line})`;
    yield {
      ...route.at,
      message: `\`${route.route}\` has no authorizer, so anyone may call it, but ${asks}`,
      names: [route.route],
      fix: `give the event an \`authorizer\`, or declare \`g2, ${route.route}, public\``,
    };
  }
  const first = service.routes.find(({ gateway }) => gateway === "websocket");
  const connects = service.routes.some(
    ({ gateway, route }) => gateway === "websocket" && route === "$connect",
  );
  if (first === undefined || connects || isPublic(rowsOf(declared, "$connect"))) return;
  yield {
    ...first.at,
    message: "the WebSocket API has no `$connect` route, so anyone may connect and send messages",
    names: ["$connect"],
    fix: "add a `websocket` event with `route: $connect` and an `authorizer`",
  };
}
