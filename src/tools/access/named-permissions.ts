import { isPermission } from "../../policy/permission.ts";
import type { Policy } from "../../policy/policy.ts";

/** Every permission that a policy names, sorted: those that open routes, and those of rows without wildcards. */
function namedPermissions(...policies: readonly Policy[]): readonly string[] {
  const named = policies.flatMap((policy) => [
    ...[...policy.routeEntries.values()].flatMap(({ permissions }) => permissions),
    ...patternsOf(policy).filter(isPermission),
  ]);
  return [...new Set(named)].sort();
}

/** The permissions and wildcards of `p` and `p3` rows. */
function patternsOf({ rowsByPattern, apps }: Policy): readonly string[] {
  return [...rowsByPattern.keys(), ...[...apps.values()].flatMap((rows) => [...rows.keys()])];
}

/**
 * All permissions that policies can distinguish: those that one of them names, or names by both a `resource:*` and an
 * `*:action`; then `resource:*`, `*:action` and `*` for all others.
 */
export function comparedPermissions(...policies: readonly Policy[]): readonly string[] {
  const patterns = policies.flatMap(patternsOf);
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
