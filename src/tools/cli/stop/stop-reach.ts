import { stoppedAmong, stopsEverything } from "../../../authorizers/emergency-stop.ts";
import { ClaimgateError, messageOf } from "../../../errors.ts";
import { loadPolicy } from "../../../policy/load.ts";
import { covers, isPermission } from "../../../policy/permission.ts";
import type { Policy } from "../../../policy/policy.ts";
import { nearest } from "../../../policy/suggestion.ts";
import type { EmergencyStop } from "../../deployment/aws/emergency-stop.ts";
import type { Context } from "../terminal/context.ts";
import { type PolicyOptions, readPolicies } from "../terminal/policy-options.ts";
import { usage } from "./stop-arguments.ts";

/** The policy of this checkout, or why there is none: an emergency stop does not wait for a valid policy. */
export function policyAtHand(
  context: Context,
  options: PolicyOptions,
): { readonly policy: Policy } | { readonly policy: undefined; readonly why: string } {
  try {
    return { policy: loadPolicy(readPolicies(context, options)) };
  } catch (error) {
    if (!(error instanceof ClaimgateError)) throw error;
    return { policy: undefined, why: messageOf(error).split("\n", 1)[0] ?? "" };
  }
}

/** What a stop denies of a policy. */
export interface Reach {
  /** Sorted. */
  readonly routes: readonly string[];
  /** Sorted: they have no authorizer. */
  readonly publicRoutes: readonly string[];
}

export function reachOf({ routeEntries }: Policy, stop: EmergencyStop | undefined): Reach {
  const guarded = [...routeEntries].filter(([, { permissions }]) => permissions.length > 0);
  return {
    routes: guarded
      .filter(([, { permissions }]) => stopsEverything(stop) || stoppedAmong(stop, permissions).length > 0)
      .map(([route]) => route)
      .sort(),
    publicRoutes: [...routeEntries]
      .filter(([, { permissions }]) => permissions.length === 0)
      .map(([route]) => route)
      .sort(),
  };
}

/** @throws CommandError naming a pattern that covers no permission of the policy: it would stop nothing */
export function refuseUnknown(policy: Policy, patterns: readonly string[]): void {
  const known = permissionsOf(policy);
  for (const pattern of patterns) {
    if (pattern === "*" || known.some((permission) => covers(pattern, permission))) continue;
    const meant = nearest(pattern, known.flatMap(patternsLike));
    throw usage(
      `\`${pattern}\` covers no permission of the policy, so it would stop nothing`,
      `${meant === undefined ? "check its spelling" : `did you mean \`${meant}\`?`} \`--force\` stops it anyway`,
    );
  }
}

/** Patterns that someone may have meant. */
function patternsLike(permission: string): readonly string[] {
  const [resource, action] = permission.split(":");
  return [permission, `${resource}:*`, `*:${action}`];
}

/** Those of routes, and those that only a handler-side check asks for. */
function permissionsOf({ routeEntries, decisionRows, apps }: Policy): readonly string[] {
  const ofRoutes = [...routeEntries.values()].flatMap(({ permissions }) => permissions);
  const ofRows = decisionRows.map(({ permission }) => permission);
  const ofApps = [...apps.values()].flatMap((rows) => [...rows.keys()]);
  return [...new Set([...ofRoutes, ...ofRows, ...ofApps])].filter(isPermission).sort();
}
