import { isPermission } from "../../policy/permission.ts";
import type { Policy } from "../../policy/policy.ts";

/** Every permission that a policy names, sorted: those that open routes, and those of `p` rows without wildcards. */
function namedPermissions(...policies: readonly Policy[]): readonly string[] {
  const named = policies.flatMap(({ routeEntries, decisionRows }) => [
    ...[...routeEntries.values()].flatMap(({ permissions }) => permissions),
    ...decisionRows.map(({ permission }) => permission).filter(isPermission),
  ]);
  return [...new Set(named)].sort();
}

/**
 * All permissions that policies can distinguish: those that one of them names, or names by both a `resource:*` and an
 * `*:action`; then `resource:*`, `*:action` and `*` for all others.
 */
export function comparedPermissions(...policies: readonly Policy[]): readonly string[] {
  const patterns = policies.flatMap(({ rowsByPattern }) => [...rowsByPattern.keys()]);
  const wildcards = [...new Set(patterns)].filter((pattern) => !isPermission(pattern)).sort();
  const resources = wildcards.flatMap((one) => (one.endsWith(":*") ? one.slice(0, -2) : []));
  const actions = wildcards.flatMap((one) => (one.startsWith("*:") ? one.slice(2) : []));
  const crossed = resources.flatMap((resource) => actions.map((action) => `${resource}:${action}`));
  // The widest one comes last, so that it does not repeat a narrower one.
  return [
    ...new Set([...namedPermissions(...policies), ...crossed]),
    ...wildcards.filter((one) => one !== "*"),
    ...wildcards.filter((one) => one === "*"),
  ];
}
