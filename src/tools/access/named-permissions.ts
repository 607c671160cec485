import { isPermission } from "../../policy/permission.ts";
import type { Policy } from "../../policy/policy.ts";

/** Every permission that a policy names: those that open routes, and those of `p` rows without wildcards. Sorted. */
function namedPermissions(...policies: readonly Policy[]): readonly string[] {
  const named = policies.flatMap(({ routeEntries, decisionRows }) => [
    ...[...routeEntries.values()].flatMap(({ permissions }) => permissions),
    ...decisionRows.map(({ permission }) => permission).filter(isPermission),
  ]);
  return [...new Set(named)].sort();
}

/**
 * All permissions there can be, as far as policies tell them apart: those that one of them names, then
 * `resource:*` and `*` for all others.
 */
export function comparedPermissions(...policies: readonly Policy[]): readonly string[] {
  const patterns = policies.flatMap(({ rowsByPattern }) => [...rowsByPattern.keys()]);
  const wildcards = [...new Set(patterns)].filter((pattern) => !isPermission(pattern)).sort();
  // The widest one comes last: what a narrower one says need not be said again.
  return [
    ...namedPermissions(...policies),
    ...wildcards.filter((one) => one !== "*"),
    ...wildcards.filter((one) => one === "*"),
  ];
}
