import { textOf } from "../../json.ts";
import { type GatewayRoute, gatewayRoutes } from "../cloudformation/gateway-routes.ts";
import { apiOf } from "../cloudformation/invocations.ts";
import { type Resource, resourcesOf } from "../cloudformation/template.ts";
import { namedBy } from "../cloudformation/values.ts";
import { authorizerName } from "./authorizer-checks.ts";
import { type Check, checksOn } from "./check.ts";
import type { Comparison } from "./comparison.ts";
import type { DeployedApi, DeployedRoute } from "./facts.ts";

/** The routes of an API: an authorizer on each that the template guards, and no route that it does not have. */
export function routeChecks(
  comparison: Comparison,
  apiId: string,
  authorizers: readonly Resource[],
  api: DeployedApi,
): Check[] {
  const expected = gatewayRoutes(comparison.packaged.template).filter(
    ({ resource }) => apiOf(resource) === apiId,
  );
  const deployed = new Map(api.routes.map((route) => [route.route, route]));
  // Of a WebSocket API, only $connect can be guarded; its other routes are known all the same.
  const others = resourcesOf(comparison.packaged.template, "AWS::ApiGatewayV2::Route")
    .filter((resource) => apiOf(resource) === apiId)
    .map(({ properties }) => textOf(properties["RouteKey"]) ?? "");
  const known = new Set([...expected.map(({ route }) => route), ...others]);
  return [
    ...expected.map((route) => routeCheck(comparison, route, authorizers, deployed.get(route.route), api)),
    ...api.routes
      .filter(({ route }) => !known.has(route))
      .map((route) => strangeRoute(comparison, apiId, route)),
  ];
}

function routeCheck(
  comparison: Comparison,
  { route, resource, gateway }: GatewayRoute,
  authorizers: readonly Resource[],
  deployed: DeployedRoute | undefined,
  api: DeployedApi,
): Check {
  const about = checksOn("apis", `${gateway} ${route}`);
  if (deployed === undefined) {
    return about.wrong("fail", "route-exists", {
      message: "the API has no such route",
      fix: comparison.deploy,
    });
  }
  const [id] = namedBy(resource.properties["AuthorizerId"]);
  const authorizer = authorizers.find((one) => one.id === id);
  const wanted = textOf(resource.properties["AuthorizationType"]) ?? "NONE";
  const expected = authorizer === undefined ? wanted : `${wanted} ${authorizerName(comparison, authorizer)}`;
  const found = shownAuthorization(deployed, api);
  if (found === expected)
    return about.ok("route-authorizer", found === "NONE" ? "it is public" : `it asks ${found}`);
  const open = deployed.authorization === "NONE";
  return about.wrong("fail", "route-authorizer", {
    message: open
      ? "nobody is asked, so anybody may call it"
      : "somebody else is asked than the template says",
    found,
    expected,
    fix: comparison.deploy,
  });
}

function shownAuthorization({ authorization, authorizerId }: DeployedRoute, api: DeployedApi): string {
  const authorizer = api.authorizers.find(({ AuthorizerId }) => AuthorizerId === authorizerId);
  if (authorizerId === undefined || authorizerId === "") return authorization;
  return `${authorization} ${textOf(authorizer?.["Name"]) ?? authorizerId}`;
}

/** A route that somebody added by hand. */
function strangeRoute(
  { packaged }: Comparison,
  apiId: string,
  { route, authorization }: DeployedRoute,
): Check {
  const about = checksOn("apis", `${apiId} ${route}`);
  const open = authorization === "NONE" && !packaged.publicRoutes.has(route);
  return about.wrong(open ? "fail" : "warn", "route-unknown", {
    message: open
      ? "the API has a route that the template does not have, and anybody may call it"
      : "the API has a route that the template does not have",
    found: authorization,
    fix: "put it into serverless.yml and the policy, or delete it from the API",
  });
}
