import type { ClaimgateError } from "../errors.ts";
import type { App } from "../policy/app.ts";
import type { Decision } from "../policy/decision.ts";
import type { MatchedRoute } from "../policy/route-table.ts";
import type { Subject } from "../policy/subject.ts";
import type { TokenFault } from "../token/token-fault.ts";
import type { Caller } from "./caller.ts";

/** The gateway shapes that have an adapter. */
const GATEWAYS = [
  "rest-token",
  "rest-request",
  "http-v1",
  "http",
  "http-policy",
  "websocket",
  "appsync",
] as const;

/** The kinds of gateway, as the decision log names them. */
export type Gateway = (typeof GATEWAYS)[number];

/** The input of a gateway's answer. */
export type Outcome =
  | { readonly kind: "allow"; readonly caller: Caller }
  | { readonly kind: "deny"; readonly sub: string }
  | { readonly kind: "unauthenticated" }
  | { readonly kind: "failed" };

/** The whole-API answer: the routes that the caller may call. */
export type WholeApiOutcome =
  | {
      readonly kind: "decided";
      readonly caller: Caller;
      readonly routes: readonly RouteDecision[];
      /** All routes of the policy in its spelling, public ones included. */
      /** Whether the policy compares ages of sign-ins, so that a kept answer could outlive them. */
      readonly dependsOnAge: boolean;
      /** What an emergency stop denies: a kept answer would outlive it. */
      readonly stops: "nothing" | "some" | "everything";
      readonly declared: ReadonlySet<string>;
      /** Whether the current request is denied, regardless of its route. */
      readonly deniesAtHand: boolean;
    }
  | Exclude<Outcome, { kind: "allow" }>;

/** One route and its decision. */
export interface RouteDecision {
  /** In the spelling of the policy or the gateway. */
  readonly route: string;
  readonly effect: "allow" | "deny";
  /** Whether an emergency stop denies it, whatever the policy says, and even if the stage only reports. */
  readonly stopped?: true;
}

/** The entry of the decision log, exactly one per invocation. */
export type AuthorizationRecord = {
  readonly gateway: Gateway;
  /** Undefined if the event has none or is malformed. */
  readonly requestId: string | undefined;
  /** The route that the gateway matched; undefined if the event has none or is malformed. */
  readonly matched: MatchedRoute | undefined;
  readonly durationMs: number;
  /** Whether the stage only reports: a request that `decided` denies was let through. */
  readonly reportOnly: boolean;
} & (
  | { readonly kind: "decided"; readonly decided: Decided }
  | { readonly kind: "token-refused"; readonly code: TokenFault; readonly message: string }
  | { readonly kind: "failed"; readonly error: unknown }
);

/** A decision, decisions on many routes at once, a refusal before any decision, or an emergency stop. */
export type Decided =
  | { readonly by: "policy"; readonly route: string | undefined; readonly decision: Decision }
  | {
      readonly by: "policy-for-whole-api";
      readonly routes: readonly RouteDecision[];
      readonly subjects: readonly Subject[];
      /** The app of a user's token. */
      readonly app: App | undefined;
      readonly policyVersion: string;
    }
  | {
      readonly by: "stop";
      readonly route: string | undefined;
      readonly permissions: readonly string[];
      /** The stopped patterns that cover a permission of the route. */
      readonly stopped: readonly string[];
      readonly subjects: readonly Subject[];
      readonly app: App | undefined;
      readonly policyVersion: string;
    }
  | {
      readonly by: "refusal";
      readonly error: ClaimgateError;
      /** Whether it is denied even if the stage only reports. */
      readonly enforced?: true;
      readonly subjects: readonly Subject[];
      readonly policyVersion: string;
    };
