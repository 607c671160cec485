import { routeEntry } from "../../policy/assemble.ts";
import type { Policy } from "../../policy/policy.ts";
import type { TermsTarget } from "../access/access-terms.ts";
import { comparedPermissions } from "../access/named-permissions.ts";
import { routesDeciding } from "../access/request-classes.ts";
import type { AskedTarget, Invariant } from "./policy-test.ts";

export interface InvariantTarget {
  readonly text: string;
  readonly target: TermsTarget;
}

/** The targets of an invariant, and which rows concern them. */
export interface InvariantTargets {
  readonly all: readonly InvariantTarget[];
  /** The positions of public routes, in order. */
  readonly open: readonly number[];
  /** Pattern of a row -> positions of the targets that it covers, in order. */
  readonly byPattern: ReadonlyMap<string, readonly number[]>;
}

type SharedReach = Exclude<Invariant["reach"], "listed">;
const known = new WeakMap<Policy, Map<SharedReach, InvariantTargets>>();

/** What many invariants of a policy are about is collected once. */
export function targetsOf(policy: Policy, { reach, targets }: Invariant): InvariantTargets {
  if (reach === "listed") {
    return indexed(
      policy,
      targets.flatMap((asked) => decidedBy(policy, asked)),
    );
  }
  const ofPolicy = known.get(policy) ?? new Map<SharedReach, InvariantTargets>();
  known.set(policy, ofPolicy);
  const found = ofPolicy.get(reach) ?? indexed(policy, every(policy, reach));
  ofPolicy.set(reach, found);
  return found;
}

function every(policy: Policy, reach: SharedReach): readonly InvariantTarget[] {
  if (reach === "every-permission") {
    return comparedPermissions(policy).map((permission) => ({ text: permission, target: { permission } }));
  }
  return [...policy.routeEntries]
    .filter(([, { permissions }]) => reach === "every-route" || permissions.length > 0)
    .map(([route]) => ({ text: route, target: { route } }))
    .sort((a, b) => (a.text < b.text ? -1 : 1));
}

/**
 * Several routes may decide a route without a row of its own: `ANY /orders` by `GET /orders` and by `ANY /{proxy+}`.
 */
function decidedBy(policy: Policy, { text, target }: AskedTarget): readonly InvariantTarget[] {
  if (!("route" in target) || target.asked === target.route) return [{ text, target }];
  const routes = new Set([target.route, ...routesDeciding(policy.routes, text)]);
  return [...routes].map((route) => ({ text: `${text} (decided by ${route})`, target: { route } }));
}

function indexed(policy: Policy, all: readonly InvariantTarget[]): InvariantTargets {
  const open: number[] = [];
  const byPattern = new Map<string, number[]>();
  for (const [position, { target }] of all.entries()) {
    const entry =
      "route" in target
        ? policy.routeEntries.get(target.route)
        : routeEntry([target.permission], policy.rowsByPattern);
    if (entry?.permissions.length === 0) open.push(position);
    for (const pattern of entry?.covering ?? []) {
      const positions = byPattern.get(pattern);
      if (positions === undefined) byPattern.set(pattern, [position]);
      else positions.push(position);
    }
  }
  return { all, open, byPattern };
}
