import { PUBLIC } from "../../../../policy/permission.ts";
import type { LintSubject, Problem, Rule } from "../../rule.ts";
import { declaredRoutes, rowsOf } from "../../service-routes.ts";

/** A route that the policy declares public and that has an authorizer. */
export const publicRouteGuarded: Rule = {
  id: "public-route-guarded",
  category: "service",
  severity: "warning",
  summary: "a route is `public` in the policy but deployed with an authorizer",
  check,
};

function* check({ rows, service }: LintSubject): Iterable<Problem> {
  if (service === undefined) return;
  const declared = declaredRoutes(rows);
  for (const { route, authorizer, at } of service.routes) {
    if (authorizer === undefined) continue;
    const row = rowsOf(declared, route).find(({ permission }) => permission === PUBLIC);
    if (row === undefined) continue;
    const effect =
      authorizer.kind === "lambda"
        ? "which denies every call, since the route has no permission"
        : "which decides";
    yield {
      ...at,
      message: `\`${route}\` is public (${row.file}:${row.line}) but has the authorizer \`${authorizer.name}\`, ${effect}`,
      fix: "remove the `authorizer` of the event, or give the route a permission",
    };
  }
}
