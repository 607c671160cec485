import { byPath } from "../../access/route-order.ts";
import { gatewayRoutes } from "../../cloudformation/gateway-routes.ts";
import { readTemplate } from "../../cloudformation/template.ts";
import type { GatewayJson, RouteJson } from "../../console/contract.ts";

/**
 * The routes with a path that a packaged template deploys on its HTTP and REST APIs.
 *
 * @throws TypeError where it is not a template
 */
export function deployedRoutes(template: unknown): readonly RouteJson[] {
  const gateways = new Map<string, GatewayJson[]>();
  for (const { gateway, route } of gatewayRoutes(readTemplate(template))) {
    if (gateway === "websocket" || !route.includes(" /")) continue;
    gateways.set(route, [...(gateways.get(route) ?? []), gateway]);
  }
  return [...gateways]
    .sort(([a], [b]) => byPath(a, b))
    .map(([route, found]) => ({ route, gateways: found.sort() }));
}
