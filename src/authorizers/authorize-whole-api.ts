import type { ClaimgateError } from "../errors.ts";
import { decide } from "../policy/decide.ts";
import type { Policy } from "../policy/policy.ts";
import { stoppedRoute, stopsEverything } from "./emergency-stop.ts";
import type { Decided, Gateway, RouteDecision, WholeApiOutcome } from "./outcome.ts";
import {
  type AuthorizerDependencies,
  callerOf,
  runAuthorizer,
  signInTimes,
  type TokenRequest,
} from "./run-authorizer.ts";

/** The treatment of the current request, regardless of the routes. */
export type AtHand =
  /** The request has one of the routes. */
  | { readonly kind: "of-a-route" }
  /** The request has no route that was decided. */
  | { readonly kind: "of-no-route" }
  /** The request is denied. `always`: even if the stage only reports. */
  | { readonly kind: "refused"; readonly error: ClaimgateError; readonly always: boolean };

/** The routes to decide. */
export interface RoutesAtOnce<R> {
  /** Called once per invocation, with the policy in force. */
  readonly routes: (policy: Policy) => readonly string[];
  /** Undefined for a gateway whose requests have many routes at once. */
  /**
   * False if the adapter keeps the gateway from caching an answer that depends on the age of a sign-in. By default that
   * age is unknown, since a kept answer would outlive it.
   */
  readonly isKept?: boolean;
  readonly atHand?: (request: R, policy: Policy) => AtHand;
}

/**
 * Decides many routes at once, for gateways that cache an answer by token: the answer covers each route, not only the
 * current request. Path parameters are unknown, so an allow row whose condition compares one grants nothing, and a deny
 * row denies. The current request is also checked and may be denied by itself. Never throws.
 */
export function authorizeWholeApi<R extends TokenRequest>(
  deps: AuthorizerDependencies,
  gateway: Gateway,
  decode: () => R,
  { routes, isKept = true, atHand = () => ({ kind: "of-a-route" }) }: RoutesAtOnce<R>,
): Promise<WholeApiOutcome> {
  return runAuthorizer(deps, gateway, decode, (proven, request) => {
    const { token, subjects, app, policy } = proven;
    const times = isKept ? undefined : signInTimes(deps, proven);
    const decisions = routes(policy).map((route): RouteDecision => {
      if (stoppedRoute(token, policy, route) !== undefined) return { route, effect: "deny", stopped: true };
      const asked = { subjects, app, route, parameters: {}, claims: token.claims, ...times };
      return { route, effect: decide(policy, asked).effect };
    });
    const reportOnly = deps.reportOnly === true;
    const given = reportOnly
      ? decisions.map((one) => (one.stopped ? one : { route: one.route, effect: "allow" as const }))
      : decisions;
    const mode = reportOnly ? "report-only" : "whole-api";
    const found = atHand(request, policy);
    const stops = stopsEverything(token.stop) ? "everything" : token.stop === undefined ? "nothing" : "some";
    const deniesAtHand = stops === "everything" || deniesRequest(found, { reportOnly, stops });
    const outcome = {
      kind: "decided",
      caller: callerOf(proven, { mode, permission: undefined, determining: undefined }),
      routes: given,
      declared: policy.routes.names,
      dependsOnAge: policy.comparesAge,
      stops,
      deniesAtHand,
    } as const;
    const about = { subjects, app, policyVersion: policy.version };
    const decided: Decided =
      found.kind === "refused"
        ? { by: "refusal", error: found.error, ...(deniesAtHand && { enforced: true }), ...about }
        : { by: "policy-for-whole-api", routes: decisions, ...about };
    return { outcome, decided, opens: given.some(({ effect }) => effect === "allow") };
  });
}

/** If anything is stopped, a refused request is denied even where a stage only reports: its route is not certain. */
function deniesRequest(
  found: AtHand,
  { reportOnly, stops }: { readonly reportOnly: boolean; readonly stops: "nothing" | "some" },
): boolean {
  switch (found.kind) {
    case "of-a-route":
      return false;
    case "of-no-route":
      return !reportOnly;
    case "refused":
      return !reportOnly || found.always || stops === "some";
  }
}
