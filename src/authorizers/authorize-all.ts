import { decide } from "../policy/decide.ts";
import { type AuthorizerDependencies, attend, callerOf, type TokenRequest } from "./attend.ts";
import type { Gateway, OutcomeForAll, RouteDecision } from "./outcome.ts";

/**
 * Decides many routes at once, for gateways that keep an answer for a token: what is answered holds for each of
 * them, not only for the request at hand. Path parameters are unknown, so a row whose condition compares one grants
 * nothing and, if it denies, denies. Never throws.
 *
 * @param routes what is decided on; asked once an invocation, with the policy in force
 */
export function authorizeAll(
  deps: AuthorizerDependencies,
  gateway: Gateway,
  decode: () => TokenRequest,
  routes: (policy: ReturnType<AuthorizerDependencies["policy"]>) => readonly string[],
): Promise<OutcomeForAll> {
  return attend(deps, gateway, decode, (claimant) => {
    const { token, subjects, policy } = claimant;
    const decisions = routes(policy).map((route): RouteDecision => {
      const request = { subjects, route, parameters: {}, claims: token.claims };
      return { route, effect: decide(policy, request).effect };
    });
    const reportOnly = deps.reportOnly === true;
    const given = reportOnly
      ? decisions.map(({ route }) => ({ route, effect: "allow" as const }))
      : decisions;
    const mode = reportOnly ? "report-only" : "api";
    return {
      outcome: {
        kind: "decided",
        caller: callerOf(claimant, { mode, permission: undefined, determining: undefined }),
        routes: given,
      } as const,
      decided: { by: "policy-for-all", routes: decisions, subjects, policyVersion: policy.version } as const,
      opens: given.some(({ effect }) => effect === "allow"),
    };
  });
}
