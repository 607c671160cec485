import { isSpecialRoute } from "../../../../policy/route.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../../rule.ts";
import { declaredRoutes, isPublic, mayTakePathsOf, rowsOf } from "../../service-routes.ts";

/**
 * A TOKEN authorizer receives only a path, not a route, and looks the path up among all routes of the policy. It must
 * not find a route that the REST API does not have instead of one that it has.
 */
export const tokenAuthorizerForeignRoute: Rule = {
  id: "token-authorizer-foreign-route",
  category: "service",
  severity: "error",
  summary: "a route of another API matches paths of a REST API with a TOKEN authorizer",
  check,
};

function* check({ rows, service }: LintSubject): Iterable<Problem> {
  if (service === undefined) return;
  const byToken = new Set(
    service.authorizers
      .filter(({ gateway, type }) => gateway === "rest" && type === "token")
      .map(({ name }) => name),
  );
  const rest = service.routes.filter(({ gateway }) => gateway === "rest");
  const decided = rest.filter(
    ({ authorizer }) => authorizer?.kind === "lambda" && byToken.has(authorizer.name),
  );
  if (decided.length === 0) return;
  const declared = declaredRoutes(rows);
  const permissionsOf = (route: string) =>
    rowsOf(declared, route)
      .map(({ permission }) => permission)
      .sort()
      .join(" ");
  for (const [name, own] of declared) {
    const [row] = own;
    if (
      row === undefined ||
      isSpecialRoute(name) ||
      isPublic(own) ||
      rest.some(({ route }) => route === name)
    )
      continue;
    const taken = decided.find(
      ({ route }) => mayTakePathsOf(name, route) && permissionsOf(route) !== permissionsOf(name),
    );
    if (taken === undefined) continue;
    yield {
      ...atField(row, 0),
      message: `\`${name}\` is not a route of the REST API but matches paths of its \`${taken.route}\`, which a TOKEN authorizer would decide by this row`,
      fix: "use an authorizer of type REQUEST, whose event has the route",
    };
  }
}
