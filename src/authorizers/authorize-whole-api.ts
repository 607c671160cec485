import type { ClaimgateError } from "../errors.ts";
import { decide } from "../policy/decide.ts";
import type { Policy } from "../policy/policy.ts";
import type { Decided, Gateway, RouteDecision, WholeApiOutcome } from "./outcome.ts";
import { type AuthorizerDependencies, callerOf, runAuthorizer, type TokenRequest } from "./run-authorizer.ts";

/** What becomes of the request at hand, whatever the routes say. */
export type AtHand =
  /** It is of one of the routes. */
  | { readonly kind: "of-a-route" }
  /** It is of no route that was decided on. */
  | { readonly kind: "of-no-route" }
  /** Nobody may send it. `always`: not even where the stage only reports. */
  | { readonly kind: "refused"; readonly error: ClaimgateError; readonly always: boolean };

/** What is decided on. */
export interface RoutesAtOnce<R> {
  /** Asked once an invocation, with the policy in force. */
  readonly routes: (policy: Policy) => readonly string[];
  /** Undefined for a gateway whose requests are of many routes at once. */
  readonly atHand?: (request: R, policy: Policy) => AtHand;
}

/**
 * Decides many routes at once, for gateways that keep an answer for a token: what is answered holds for each of
 * them, not only for the request at hand. Path parameters are unknown, so a row whose condition compares one grants
 * nothing and, if it denies, denies. The request at hand is looked at as well: it may be one that nobody may send.
 * Never throws.
 */
export function authorizeWholeApi<R extends TokenRequest>(
  deps: AuthorizerDependencies,
  gateway: Gateway,
  decode: () => R,
  { routes, atHand = () => ({ kind: "of-a-route" }) }: RoutesAtOnce<R>,
): Promise<WholeApiOutcome> {
  return runAuthorizer(deps, gateway, decode, (proven, request) => {
    const { token, subjects, policy } = proven;
    const decisions = routes(policy).map((route): RouteDecision => {
      const asked = { subjects, route, parameters: {}, claims: token.claims };
      return { route, effect: decide(policy, asked).effect };
    });
    const reportOnly = deps.reportOnly === true;
    const given = reportOnly
      ? decisions.map(({ route }) => ({ route, effect: "allow" as const }))
      : decisions;
    const mode = reportOnly ? "report-only" : "whole-api";
    const found = atHand(request, policy);
    const always = found.kind === "refused" && found.always;
    const deniesAtHand = always || (found.kind !== "of-a-route" && !reportOnly);
    const outcome = {
      kind: "decided",
      caller: callerOf(proven, { mode, permission: undefined, determining: undefined }),
      routes: given,
      declared: policy.routes.names,
      deniesAtHand,
    } as const;
    const about = { subjects, policyVersion: policy.version };
    const decided: Decided =
      found.kind === "refused"
        ? { by: "refusal", error: found.error, ...about }
        : { by: "policy-for-whole-api", routes: decisions, ...about };
    return { outcome, decided, opens: given.some(({ effect }) => effect === "allow") };
  });
}
