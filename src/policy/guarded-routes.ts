import type { Policy } from "./policy.ts";
import { isSpecialRoute } from "./route.ts";

/** The path routes of the policy that are not public, sorted: what an authorizer of a REST API can be asked about. */
export function guardedRoutes(policy: Policy): readonly string[] {
  return [...policy.routeEntries]
    .filter(([route, { permissions }]) => !isSpecialRoute(route) && permissions.length > 0)
    .map(([route]) => route)
    .sort();
}
