import { ClaimgateError } from "../errors.ts";
import type { App } from "../policy/app.ts";
import { decide } from "../policy/decide.ts";
import type { Decision, DeterminingRow } from "../policy/decision.ts";
import type { Policy } from "../policy/policy.ts";
import { REQUEST_REFUSALS } from "../policy/refusals.ts";
import { isFieldRoute } from "../policy/route.ts";
import { type MatchedRoute, resolveRoute } from "../policy/route-table.ts";
import type { Subject } from "../policy/subject.ts";
import type { Decided, Gateway, RouteDecision } from "./outcome.ts";

/** A decided request, for a policy that decides it again and whose decision has no effect. */
export interface ShadowedRequest {
  readonly gateway: Gateway;
  readonly requestId: string | undefined;
  readonly matched: MatchedRoute | undefined;
  readonly subjects: readonly Subject[];
  readonly app: App | undefined;
  /** The verified claims; never logged. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** Epoch seconds. */
  readonly authTime: number | undefined;
  readonly time: number;
  readonly decided: Decided;
}

/** What the candidate answers otherwise. */
export type ShadowDifference =
  | {
      readonly about: "request";
      /** The route of the policy in force, which decided. */
      readonly route: string | undefined;
      readonly decision: Decision;
      readonly shadow: {
        readonly route: string | undefined;
        readonly effect: "allow" | "deny";
        /** As in a decision, or why the request is refused. */
        readonly reason: string;
        readonly determining: readonly DeterminingRow[];
      };
    }
  | {
      readonly about: "fields";
      /** The root fields that only the candidate allows, and that only it denies; sorted. */
      readonly allowed: readonly string[];
      readonly denied: readonly string[];
    };

/**
 * Decides a request by a candidate policy, on the candidate's own routes; undefined if it answers alike.
 *
 * Only decisions of a policy are compared: not an emergency stop, not a request that every policy refuses. An answer
 * for a whole REST API is not compared either: its routes are those of one policy, not requests. AppSync's fields are.
 *
 * @throws ClaimgateError if the candidate cannot decide
 */
export function compareWithShadow(candidate: Policy, request: ShadowedRequest): ShadowDifference | undefined {
  const { decided, gateway, matched } = request;
  if (decided.by === "policy-for-whole-api" && gateway === "appsync") {
    return compareFields(candidate, request, decided.routes);
  }
  if (decided.by !== "policy" || matched === undefined) return undefined;
  const { route, decision } = decided;
  const shadow = decideMatched(candidate, request, matched);
  // If a candidate makes the route public, no authorizer denies it any more.
  const opens =
    shadow.reason === "route_without_permission" && decision.reason !== "route_without_permission";
  const effect = opens ? "allow" : shadow.effect;
  return effect === decision.effect
    ? undefined
    : { about: "request", route, decision, shadow: { ...shadow, effect } };
}

function decideMatched(
  candidate: Policy,
  { subjects, app, claims, authTime, time }: ShadowedRequest,
  matched: MatchedRoute,
): Extract<ShadowDifference, { about: "request" }>["shadow"] {
  try {
    const { route, parameters } = resolveRoute(candidate, matched);
    const asked = { subjects, app, route, parameters, claims, authTime, time };
    const { effect, reason, determining } = decide(candidate, asked);
    return { route, effect, reason, determining };
  } catch (error) {
    if (!(error instanceof ClaimgateError) || !REQUEST_REFUSALS.has(error.code)) throw error;
    return { route: undefined, effect: "deny", reason: error.code, determining: [] };
  }
}

/** AppSync does not deny a field that a policy does not declare. */
function compareFields(
  candidate: Policy,
  { subjects, app, claims, authTime, time }: ShadowedRequest,
  routes: readonly RouteDecision[],
): ShadowDifference | undefined {
  const before = new Map(routes.map(({ route, effect }) => [route, effect]));
  const stopped = new Set(routes.filter((one) => one.stopped).map(({ route }) => route));
  const fields = new Set([...before.keys(), ...[...candidate.routes.names].filter(isFieldRoute)]);
  const allowed: string[] = [];
  const denied: string[] = [];
  for (const route of [...fields].sort()) {
    if (stopped.has(route)) continue;
    const asked = { subjects, app, route, parameters: {}, claims, authTime, time };
    const effect = candidate.routes.names.has(route) ? decide(candidate, asked).effect : "allow";
    if (effect === (before.get(route) ?? "allow")) continue;
    (effect === "allow" ? allowed : denied).push(route);
  }
  return allowed.length + denied.length === 0 ? undefined : { about: "fields", allowed, denied };
}
