import { textOf } from "../../json.ts";
import { type GatewayRoute, gatewayRoutes } from "../cloudformation/gateway-routes.ts";
import { apiOf } from "../cloudformation/invocations.ts";
import { type Resource, resourcesOf } from "../cloudformation/template.ts";
import { namedBy } from "../cloudformation/values.ts";
import { authorizerName } from "./authorizer-comparisons.ts";
import type { BothSides } from "./both-sides.ts";
import { type Comparison, comparisonsOn } from "./comparison.ts";
import type { DeployedApi, DeployedRoute } from "./deployed-stage.ts";

/** The routes of an API: an authorizer on each route that the template guards, and no route that it does not have. */
export function routeComparisons(
  sides: BothSides,
  apiId: string,
  authorizers: readonly Resource[],
  api: DeployedApi,
): Comparison[] {
  const expected = gatewayRoutes(sides.packaged.template).filter(({ resource }) => apiOf(resource) === apiId);
  const deployed = new Map(api.routes.map((route) => [route.route, route]));
  // Only $connect of a WebSocket API can be guarded; its other routes are expected all the same.
  const others = resourcesOf(sides.packaged.template, "AWS::ApiGatewayV2::Route")
    .filter((resource) => apiOf(resource) === apiId)
    .map(({ properties }) => textOf(properties["RouteKey"]) ?? "");
  const known = new Set([...expected.map(({ route }) => route), ...others]);
  return [
    ...expected.map((route) => routeComparison(sides, route, authorizers, deployed.get(route.route), api)),
    ...api.routes.filter(({ route }) => !known.has(route)).map((route) => strangeRoute(sides, apiId, route)),
  ];
}

function routeComparison(
  sides: BothSides,
  { route, resource, gateway }: GatewayRoute,
  authorizers: readonly Resource[],
  deployed: DeployedRoute | undefined,
  api: DeployedApi,
): Comparison {
  const about = comparisonsOn("apis", `${gateway} ${route}`);
  if (deployed === undefined) {
    return about.wrong("fail", "route-not-deployed", {
      message: "the API has no such route",
      fix: sides.deploy,
    });
  }
  const [id] = namedBy(resource.properties["AuthorizerId"]);
  const authorizer = authorizers.find((one) => one.id === id);
  const wanted = textOf(resource.properties["AuthorizationType"]) ?? "NONE";
  const expected = authorizer === undefined ? wanted : `${wanted} ${authorizerName(sides, authorizer)}`;
  const found = shownAuthorization(deployed, api);
  if (found === expected)
    return about.ok("route-without-authorizer", found === "NONE" ? "it is public" : `it asks ${found}`);
  const open = deployed.authorization === "NONE";
  return about.wrong("fail", open ? "route-without-authorizer" : "route-decided-elsewhere", {
    message: open
      ? "it has no authorizer, so anyone may call it"
      : "its authorizer is not the one in the template",
    found,
    expected,
    fix: sides.deploy,
  });
}

function shownAuthorization({ authorization, authorizerId }: DeployedRoute, api: DeployedApi): string {
  const authorizer = api.authorizers.find(({ AuthorizerId }) => AuthorizerId === authorizerId);
  if (authorizerId === undefined || authorizerId === "") return authorization;
  return `${authorization} ${textOf(authorizer?.["Name"]) ?? authorizerId}`;
}

/** A route that was added by hand. */
function strangeRoute(
  { packaged }: BothSides,
  apiId: string,
  { route, authorization }: DeployedRoute,
): Comparison {
  const about = comparisonsOn("apis", `${apiId} ${route}`);
  const open = authorization === "NONE" && !packaged.publicRoutes.has(route);
  return about.wrong(open ? "fail" : "warn", open ? "route-without-authorizer" : "route-foreign", {
    message: open
      ? "the API has a route that the template does not have, and anyone may call it"
      : "the API has a route that the template does not have",
    found: authorization,
    fix: "add it to serverless.yml and the policy, or delete it from the API",
  });
}
