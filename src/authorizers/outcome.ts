import type { ClaimgateError } from "../errors.ts";
import type { Decision } from "../policy/decision.ts";
import type { MatchedRoute } from "../policy/route-table.ts";
import type { Subject } from "../policy/subject.ts";
import type { TokenFault } from "../token/token-fault.ts";
import type { Caller } from "./caller.ts";

/** The gateway shapes that an adapter exists for. */
export const GATEWAYS = [
  "rest-token",
  "rest-request",
  "http-api-v1",
  "http-api-v2",
  "http-api-v2-policy",
  "websocket",
  "appsync",
] as const;

export type Gateway = (typeof GATEWAYS)[number];

/** What the answers of a gateway are made from. */
export type Outcome =
  | { readonly kind: "allow"; readonly caller: Caller }
  | { readonly kind: "deny"; readonly sub: string }
  | { readonly kind: "unauthenticated" }
  | { readonly kind: "failed" };

/** The answer for all routes at once: which of them the caller may call. */
export type WholeApiOutcome =
  | {
      readonly kind: "decided";
      readonly caller: Caller;
      readonly routes: readonly RouteDecision[];
      /** All routes of the policy, public ones too, as it spells them. */
      readonly declared: ReadonlySet<string>;
      /** Whether the request at hand is denied, whatever its route says. */
      readonly deniesAtHand: boolean;
    }
  | Exclude<Outcome, { kind: "allow" }>;

/** One route and what was decided on it. */
export interface RouteDecision {
  /** As the policy or the gateway spells it. */
  readonly route: string;
  readonly effect: "allow" | "deny";
}

/** What the decision log is told of every invocation, exactly once. */
export type AuthorizationRecord = {
  readonly gateway: Gateway;
  /** Undefined where the event has none or could not be read. */
  readonly requestId: string | undefined;
  /** The route as the gateway matched it; undefined where the event does not say it or could not be read. */
  readonly matched: MatchedRoute | undefined;
  readonly durationMs: number;
  /** Whether the stage only reports: what `decided` denies was let through all the same. */
  readonly reportOnly: boolean;
} & (
  | { readonly kind: "decided"; readonly decided: Decided }
  | { readonly kind: "token-refused"; readonly code: TokenFault; readonly message: string }
  | { readonly kind: "failed"; readonly error: unknown }
);

/** A decision, decisions on many routes at once, or the refusal of a request that was not worth deciding. */
export type Decided =
  | { readonly by: "policy"; readonly route: string | undefined; readonly decision: Decision }
  | {
      readonly by: "policy-for-whole-api";
      readonly routes: readonly RouteDecision[];
      readonly subjects: readonly Subject[];
      readonly policyVersion: string;
    }
  | {
      readonly by: "refusal";
      readonly error: ClaimgateError;
      readonly subjects: readonly Subject[];
      readonly policyVersion: string;
    };
