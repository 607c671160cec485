import type { Subject } from "./subject.ts";

/** What `decide` is asked: everything it may depend on, and nothing else. */
export interface DecisionRequest {
  /** The subjects that the token holds itself; `decide` follows the roles. */
  readonly subjects: readonly Subject[];
  /** A declared route as `resolveRoute` gives it, or undefined where the request fits none. */
  readonly route: string | undefined;
  /** Path parameters, decoded once. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The verified claims; only conditions read them, only own properties, only strings. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** What `decidePermission` is asked: a permission in the place of a route. */
export interface PermissionRequest extends Omit<DecisionRequest, "route"> {
  /** `resource:action`, without a wildcard. */
  readonly permission: string;
}

/** A row that decided, as one can find it again. */
export interface DeterminingRow {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** The row in its canonical spelling: fields joined by `, `. */
  readonly row: string;
  /** The first 16 hex digits of the SHA-256 of `row`: tells whether the line still says the same. */
  readonly digest: string;
}

/** Why it came out so: the first that applies, in this order. */
export type DecisionReason =
  | "route_unknown"
  | "route_without_permission"
  | "denied_by_row"
  | "allowed_by_row"
  | "nothing_granted";

/** One comparison of a condition, with the values it saw. */
export interface ConditionInput {
  readonly parameter: string;
  readonly claim: string;
  readonly parameterValue: string | undefined;
  readonly claimValue: string | undefined;
}

export interface Decision {
  readonly effect: "allow" | "deny";
  readonly reason: DecisionReason;
  /** For a deny by rows the denying rows, for an allow the allowing ones; in canonical order. */
  readonly determining: readonly DeterminingRow[];
  /** The permissions that open the route, sorted. */
  readonly permissions: readonly string[];
  /** For an allow: the first permission of the route that a determining row grants. */
  readonly permission: string | undefined;
  /** All subjects that counted: those of the request and the roles they lead to, sorted. */
  readonly subjects: readonly Subject[];
  /** What the conditions of the rows in question compared, in canonical order. */
  readonly inputs: readonly ConditionInput[];
  readonly policyVersion: string;
}
