import { ClaimgateError } from "../errors.ts";
import { decide } from "../policy/decide.ts";
import type { Decision } from "../policy/decision.ts";
import { REQUEST_REFUSALS } from "../policy/refusals.ts";
import { type MatchedRoute, resolveRoute } from "../policy/route-table.ts";
import type { SignInTimes } from "../policy/sign-in-age.ts";
import type { Caller } from "./caller.ts";
import { stoppedRoute } from "./emergency-stop.ts";
import type { Gateway, Outcome } from "./outcome.ts";
import {
  type AuthorizerDependencies,
  callerOf,
  type Judged,
  type ProvenCaller,
  runAuthorizer,
  signInTimes,
  type TokenRequest,
} from "./run-authorizer.ts";

/** The request that an adapter reads from its gateway's event. */
export interface GatewayRequest extends TokenRequest {
  readonly matched: MatchedRoute;
  /** Why this request is denied for every caller, e.g. a header that asks for another method. */
  readonly obstacle: ClaimgateError | undefined;
  /** Why no answer can allow exactly this request, e.g. an ARN that is a pattern. */
  readonly unanswerable?: ClaimgateError | undefined;
}

/**
 * Decides one request: the flow of every authorizer except those that answer for many routes at once. Never throws.
 *
 * @param decode reads the gateway's event; what it throws makes the outcome `failed`
 * @param check returns why an allow cannot be answered, e.g. its size; the request is then denied
 */
export function authorize(
  deps: AuthorizerDependencies,
  gateway: Gateway,
  decode: () => GatewayRequest,
  check: (caller: Caller) => ClaimgateError | undefined = () => undefined,
): Promise<Outcome> {
  return runAuthorizer(deps, gateway, decode, (proven, request) => judge(deps, proven, request, check));
}

function judge(
  deps: AuthorizerDependencies,
  proven: ProvenCaller,
  request: GatewayRequest,
  check: (caller: Caller) => ClaimgateError | undefined,
): Judged<Outcome> {
  const { reportOnly = false } = deps;
  const { token, subjects, app, policy } = proven;
  const deny: Outcome = { kind: "deny", sub: token.sub };
  try {
    const obstacle = request.unanswerable ?? request.obstacle;
    if (obstacle !== undefined) throw obstacle;
    const { route, parameters } = resolveRoute(policy, request.matched);
    const stop = stoppedRoute(token, policy, route);
    if (stop !== undefined) {
      const decided = { by: "stop", route, ...stop, subjects, app, policyVersion: policy.version } as const;
      return { outcome: deny, decided, opens: false };
    }
    const { authTime, time } = signInTimes(deps, proven) ?? NO_TIMES;
    const decision = decide(policy, {
      subjects,
      app,
      route,
      parameters,
      claims: token.claims,
      authTime,
      time,
    });
    const caller = decision.effect === "allow" ? allowed(proven, decision) : reportOnly && reported(proven);
    const outcome: Outcome = caller === false ? deny : { kind: "allow", caller };
    const unanswerable = caller === false ? undefined : check(caller);
    if (unanswerable !== undefined) throw unanswerable;
    const decided = { by: "policy", route, decision } as const;
    return { outcome, decided, opens: outcome.kind === "allow" };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const refusal = { by: "refusal", error, subjects, policyVersion: policy.version } as const;
    // With anything stopped: its route is not certain, so it may be one that is stopped.
    const isDenied = !reportOnly || request.unanswerable !== undefined || token.stop !== undefined;
    if (isDenied) return { outcome: deny, decided: { ...refusal, enforced: true }, opens: false };
    const caller = reported(proven);
    const opens = check(caller) === undefined;
    return { outcome: opens ? { kind: "allow", caller } : deny, decided: refusal, opens };
  }
}

const NO_TIMES: Partial<SignInTimes> = {};

/** The caller of a denied request that is let through: it has no permission. */
function reported(proven: ProvenCaller): Caller {
  return callerOf(proven, { mode: "report-only", permission: undefined, determining: undefined });
}

/** Requests that are denied regardless of the policy. */
export function isRefusal(error: unknown): error is ClaimgateError {
  return error instanceof ClaimgateError && REQUEST_REFUSALS.has(error.code);
}

function allowed(proven: ProvenCaller, decision: Decision): Caller {
  const [row] = decision.determining;
  if (row === undefined || decision.permission === undefined) {
    throw new ClaimgateError("policy_engine_disagrees", "the allow has no determining row or no permission");
  }
  return callerOf(
    proven,
    { mode: "request", permission: decision.permission, determining: `${row.file}:${row.line}` },
    decision.subjects,
  );
}
