import { authorizerComparisons, authorizersOf } from "./authorizer-comparisons.ts";
import type { BothSides } from "./both-sides.ts";
import { type Comparison, comparisonsOn } from "./comparison.ts";
import { routeComparisons } from "./route-comparisons.ts";

/** Both APIs: their authorizers with cache and answer format, and an authorizer on every route. */
export function apiComparisons(sides: BothSides): Comparison[] {
  return [...sides.deployment.apis].flatMap(([id, api]) => {
    if (!api.read) return [comparisonsOn("apis", id).unread("route-without-authorizer", api.why)];
    const authorizers = authorizersOf(sides, id);
    return [
      ...authorizers.flatMap((authorizer) => authorizerComparisons(sides, authorizer, api.value)),
      ...routeComparisons(sides, id, authorizers, api.value),
    ];
  });
}
