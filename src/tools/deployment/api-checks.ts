import { authorizerChecks, authorizersOf } from "./authorizer-checks.ts";
import { type Check, checksOn } from "./check.ts";
import type { Comparison } from "./comparison.ts";
import { routeChecks } from "./route-checks.ts";

/** Both APIs: their authorizers with cache and format, and an authorizer on every route. */
export function apiChecks(comparison: Comparison): Check[] {
  return [...comparison.deployment.apis].flatMap(([id, api]) => {
    if (!api.read) return [checksOn("apis", id).unread("route-authorizer", api.why)];
    const authorizers = authorizersOf(comparison, id);
    return [
      ...authorizers.flatMap((authorizer) => authorizerChecks(comparison, authorizer, api.value)),
      ...routeChecks(comparison, id, authorizers, api.value),
    ];
  });
}
