import type { App } from "./app.ts";
import type { PermissionName, RouteName } from "./names.ts";
import type { SignInTimes } from "./sign-in-age.ts";
import type { Subject } from "./subject.ts";

/** The input of `decide`: everything a decision depends on. */
export interface DecisionRequest extends SignInTimes {
  /** The subjects that the token holds directly; `decide` follows the roles. */
  readonly subjects: readonly Subject[];
  /** A declared route as `resolveRoute` returns it, or undefined if the request matches none. */
  readonly route: RouteName | undefined;
  /** Path parameters, decoded once. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The verified claims. Only conditions read them, and only own properties that are strings. */
  readonly claims: Readonly<Record<string, unknown>>;
  /**
   * The app that a user's token was issued to. If the policy has `p3` rows, a user's request without it is denied;
   * machines ignore it.
   */
  readonly app?: App | undefined;
}

/** The input of `decidePermission`: a permission instead of a route. */
export interface PermissionRequest extends Omit<DecisionRequest, "route"> {
  /** `resource:action`, without a wildcard. */
  readonly permission: PermissionName;
}

/** A determining row and where to find it. */
export interface DeterminingRow {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** The row in its canonical spelling: fields joined by `, `. */
  readonly row: string;
  /** The first 16 hex digits of the SHA-256 of `row`: shows whether the line has changed since. */
  readonly digest: string;
}

/** The reason for the effect: the first that applies, in this order. */
export type DecisionReason =
  | "route_unknown"
  | "route_without_permission"
  | "denied_by_row"
  | "allowed_by_row"
  /** Rows grant it to the user, but no `p3` row covers it for the app. */
  | "app_not_allowed"
  | "nothing_granted";

/** One comparison of a condition and the values it compared. */
export interface ConditionInput {
  /** Undefined for the age of the sign-in, whose claim is `auth_time`. */
  readonly parameter: string | undefined;
  /** Undefined if the parameter was compared with `literal`. */
  readonly claim: string | undefined;
  readonly literal?: string | undefined;
  readonly parameterValue: string | undefined;
  readonly claimValue: string | undefined;
  /** The time of the request, in epoch seconds, if it was compared with `auth_time`. */
  readonly time?: number | undefined;
}

/** A path parameter that names a tenant, and the tenant; undefined if the request names none. */
export interface TenantInput {
  readonly parameter: string;
  readonly tenant: string | undefined;
}

/** The answer of the policy to one request, with what it rests on. */
export interface Decision {
  readonly effect: "allow" | "deny";
  readonly reason: DecisionReason;
  /**
   * For a deny by rows the denying rows, for an allow the allowing ones and the `p3` rows that cover what they grant;
   * in canonical order, in which `p` rows come first.
   */
  readonly determining: readonly DeterminingRow[];
  /** The permissions that open the route, sorted. */
  readonly permissions: readonly string[];
  /** The first permission of the route that determining rows grant, and cover for the app; undefined for a deny. */
  readonly permission: string | undefined;
  /**
   * All subjects of the decision: those of the request and the roles that follow from them, sorted. Of the roles of a
   * tenant, those of the tenant that the request names.
   */
  readonly subjects: readonly Subject[];
  /** The comparisons made by the conditions of all candidate rows, in canonical order. */
  readonly inputs: readonly ConditionInput[];
  /**
   * The tenants that the request names, for the roles of tenants; empty if the token has no group of any tenant.
   */
  readonly tenants: readonly TenantInput[];
  readonly policyVersion: string;
  /** The app of the request; undefined for a machine. */
  readonly app: App | undefined;
}
