import type { App } from "../../../policy/app.ts";
import type { DecisionReason, DeterminingRow } from "../../../policy/decision.ts";
import type { Subject } from "../../../policy/subject.ts";
import type { Kind } from "../holding.ts";

/** A token and a concrete request, or a single permission, that two policies answer differently. */
export interface Witness {
  readonly token: WitnessToken;
  readonly asked: Asked;
  readonly before: Answer;
  readonly after: Answer;
}

export interface WitnessToken {
  /** Undefined for a caller without a token. */
  readonly kind: Kind | undefined;
  /** Besides the role of the kind. */
  readonly subjects: readonly Subject[];
  /** Undefined if the app does not matter. Its client is empty for an app that no row names. */
  readonly app: App | undefined;
  /** Those that a row compares, and that the token has. */
  readonly claims: Readonly<Record<string, string>>;
  /** Of those that a row compares. */
  readonly missingClaims: readonly string[];
  /** Seconds since the sign-in, if a row compares them; `unknown` if the token has no usable `auth_time`. */
  readonly signedIn: number | "unknown" | undefined;
}

export type Asked =
  | {
      readonly kind: "request";
      readonly method: string;
      readonly path: string;
      /** The greedy route template that the gateway matched, `/files/{proxy+}`; undefined for its `$default`. */
      readonly behind: string | undefined;
      /** The route that decides it in each policy; undefined if none does. */
      readonly before: string | undefined;
      readonly after: string | undefined;
    }
  /** A route that is decided by name: `$connect`, `Query.orders`; of a tool, with the arguments that rows compare. */
  | {
      readonly kind: "route";
      readonly route: string;
      readonly parameters: Readonly<Record<string, string>>;
    }
  /** What a backend asks again, with the values of path parameters. */
  | {
      readonly kind: "permission";
      readonly permission: string;
      readonly parameters: Readonly<Record<string, string>>;
    };

export interface Answer {
  readonly effect: "allow" | "deny";
  /** Whether the route has no authorizer. */
  readonly isPublic: boolean;
  readonly determining: readonly DeterminingRow[];
  /** Undefined for a call without a token, which no policy is asked about. */
  readonly reason: DecisionReason | undefined;
}

/** Whether HEAD allows what BASE denies, or the other way round. */
export type Direction = "wider" | "narrower";
