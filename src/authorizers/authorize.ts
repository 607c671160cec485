import { ClaimgateError } from "../errors.ts";
import { decide } from "../policy/decide.ts";
import type { Decision } from "../policy/decision.ts";
import type { Policy } from "../policy/policy.ts";
import { type MatchedRoute, resolveRoute } from "../policy/route-table.ts";
import { machineSubjects, type Subject, userSubjects } from "../policy/subject.ts";
import { readBearerToken } from "../token/bearer.ts";
import { isTokenFault, type TokenFault } from "../token/token-fault.ts";
import type { VerifiedToken } from "../token/verified-token.ts";
import type { Caller } from "./caller.ts";

/** The gateway shapes that an adapter exists for. */
export type Gateway = "http-api-v2" | "rest-request";

/** What an adapter makes of its gateway's event. */
export interface GatewayRequest {
  readonly requestId: string;
  /** The values of all `Authorization` headers. */
  readonly authorization: readonly string[];
  readonly matched: MatchedRoute;
  /** What keeps this request from being allowed whoever asks, e.g. an ARN that no answer can name. */
  readonly obstacle: ClaimgateError | undefined;
}

/** What the four answers of a gateway are made from. */
export type Outcome =
  | { readonly kind: "allow"; readonly caller: Caller }
  | { readonly kind: "deny"; readonly sub: string }
  | { readonly kind: "unauthenticated" }
  | { readonly kind: "failed" };

/** What the decision log is told of every invocation, exactly once. */
export type AuthorizationRecord = {
  readonly gateway: Gateway;
  /** Undefined where the event could not be read. */
  readonly requestId: string | undefined;
  /** The route as the gateway matched it; undefined where the event could not be read. */
  readonly matched: MatchedRoute | undefined;
  readonly durationMs: number;
} & (
  | {
      readonly kind: "decided";
      readonly decided: Decided;
      /** Whether it was denied and is let through, since the authorizer only reports. */
      readonly wouldDeny?: boolean;
    }
  | { readonly kind: "token-refused"; readonly code: TokenFault; readonly message: string }
  | { readonly kind: "failed"; readonly error: unknown }
);

/** A decision, or the refusal of a request that was not worth deciding. */
export type Decided =
  | { readonly by: "policy"; readonly route: string | undefined; readonly decision: Decision }
  | {
      readonly by: "refusal";
      readonly error: ClaimgateError;
      readonly subjects: readonly Subject[];
      readonly policyVersion: string;
    };

/** What the adapters need from the world. */
export interface AuthorizerDependencies {
  /** @see TokenVerifier.verify */
  readonly verify: (token: string) => Promise<VerifiedToken>;
  /** The policy in force; asked once an invocation. */
  readonly policy: () => Policy;
  /**
   * Writes the decision log. An allow that cannot be recorded is not given: it becomes `failed`. A deny or a
   * refused token stands, recorded or not.
   */
  readonly record: (record: AuthorizationRecord) => void;
  /** Milliseconds of a clock that never goes back. */
  readonly clock: () => number;
  /**
   * Lets through what would be denied, and records it: for a first rollout in front of an API that is in use.
   * Tokens are verified as ever, and what cannot be decided still fails.
   */
  readonly reportOnly?: boolean;
}

interface Judged {
  readonly token: VerifiedToken;
  readonly outcome: Outcome;
  readonly decided: Decided;
}

/**
 * The one flow of every authorizer: read the event, verify the token, collect its subjects, find the route,
 * decide, record. Never throws.
 *
 * @param decode reads the gateway's event; what it throws makes the outcome `failed`
 */
export async function authorize(
  deps: AuthorizerDependencies,
  gateway: Gateway,
  decode: () => GatewayRequest,
): Promise<Outcome> {
  const start = deps.clock();
  let request: GatewayRequest | undefined;
  const about = () => ({
    gateway,
    requestId: request?.requestId,
    matched: request?.matched,
    durationMs: deps.clock() - start,
  });
  try {
    request = decode();
    const judged = await judge(deps, request);
    const outcome = deps.reportOnly === true ? reportedOnly(judged, request) : judged.outcome;
    const wouldDeny = outcome !== judged.outcome;
    const recorded = attempt(() => {
      deps.record({ ...about(), kind: "decided", decided: judged.decided, ...(wouldDeny && { wouldDeny }) });
    });
    if (recorded || outcome.kind !== "allow") return outcome;
    throw new ClaimgateError("decision_not_recorded", "an allow could not be written to the decision log");
  } catch (error) {
    const refused = isTokenFault(error);
    attempt(() => {
      deps.record(
        refused
          ? { ...about(), kind: "token-refused", code: error.code, message: error.message }
          : { ...about(), kind: "failed", error },
      );
    });
    return { kind: refused ? "unauthenticated" : "failed" };
  }
}

function attempt(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}

async function judge(deps: AuthorizerDependencies, request: GatewayRequest): Promise<Judged> {
  const token = await deps.verify(readBearerToken(request.authorization));
  const policy = deps.policy();
  const subjects = token.kind === "user" ? userSubjects(token) : machineSubjects(token);
  try {
    if (request.obstacle !== undefined) throw request.obstacle;
    const { route, parameters } = resolveRoute(policy, request.matched);
    const decision = decide(policy, { subjects, route, parameters, claims: token.claims });
    return { token, outcome: outcomeOf(token, decision), decided: { by: "policy", route, decision } };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const decided: Decided = { by: "refusal", error, subjects, policyVersion: policy.version };
    return { token, outcome: { kind: "deny", sub: token.sub }, decided };
  }
}

/** Requests that are denied before the policy is asked: nobody may send them. */
function isRefusal(error: unknown): error is ClaimgateError {
  return (
    error instanceof ClaimgateError &&
    (error.code === "request_not_canonical" || error.code === "request_arn_too_long")
  );
}

function outcomeOf(token: VerifiedToken, decision: Decision): Outcome {
  if (decision.effect !== "allow") return { kind: "deny", sub: token.sub };
  const [row] = decision.determining;
  if (row === undefined || decision.permission === undefined) {
    throw new ClaimgateError("policy_engine_disagrees", "an allow without a row or a permission");
  }
  return {
    kind: "allow",
    caller: callerOf(token, decision.subjects, {
      permission: decision.permission,
      policyVersion: decision.policyVersion,
      determining: `${row.file}:${row.line}`,
    }),
  };
}

/**
 * What is answered where the authorizer only reports. What an answer cannot name stays denied. The backend is
 * told who calls but of no permission, so that a check of its own (`readCaller`) does not take it for an allow.
 */
function reportedOnly({ token, outcome, decided }: Judged, { obstacle }: GatewayRequest): Outcome {
  if (outcome.kind !== "deny" || obstacle !== undefined) return outcome;
  const { subjects, policyVersion } = decided.by === "policy" ? decided.decision : decided;
  return {
    kind: "allow",
    caller: callerOf(token, subjects, { permission: "", policyVersion, determining: "" }),
  };
}

function callerOf(
  token: VerifiedToken,
  subjects: readonly Subject[],
  allowed: Pick<Caller, "permission" | "policyVersion" | "determining">,
): Caller {
  return {
    kind: token.kind,
    sub: token.sub,
    client: token.client,
    roles: subjects.flatMap((subject) => nameAfter("role:", subject)),
    groups: token.kind === "user" ? subjects.flatMap((subject) => nameAfter("group:", subject)) : [],
    ...allowed,
  };
}

function nameAfter(prefix: "role:" | "group:", subject: Subject): string[] {
  return subject.startsWith(prefix) ? [subject.slice(prefix.length)] : [];
}
