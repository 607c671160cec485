import type { Policy } from "./policy.ts";
import { isSpecialRoute } from "./route.ts";

/** The path routes of the policy that are not public, sorted: the routes that reach the authorizer of a REST API. */
export function guardedRoutes(policy: Policy): readonly string[] {
  return [...policy.routeEntries]
    .filter(([route, { permissions }]) => !isSpecialRoute(route) && permissions.length > 0)
    .map(([route]) => route)
    .sort();
}
