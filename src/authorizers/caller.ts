import type { RoleName } from "../policy/names.ts";
import { isSubject, type Subject } from "../policy/subject.ts";
import { property } from "./event-shape.ts";

/** The caller and why the request is allowed, as the authorizer passes it to the backend. */
export interface Caller {
  readonly kind: "user" | "machine";
  /** The `sub` of the user, or the client id of the machine. */
  readonly sub: string;
  /** Logical name of the app client that the token was issued to. */
  readonly client: string;
  /** Names of all roles of the decision, without prefix, sorted: `customer`, not `role:customer`. */
  readonly roles: readonly RoleName[];
  /** Names of Cognito groups, `legacy/admins` where there are several pools; none for a machine. */
  readonly groups: readonly string[];
  /** The alias of the caller's pool; undefined where one pool is configured without it. */
  readonly poolAlias: string | undefined;
  /** The subjects that the token holds directly, before roles: with `conditionClaims` enough to decide again. */
  readonly subjects: readonly Subject[];
  /** The scopes of a user's token that `p3` rows of the policy name, sorted; none for a machine. */
  readonly appScopes: readonly string[];
  /** The claims that conditions of the policy compare, if the token has them as strings. */
  readonly conditionClaims: Readonly<Record<string, string>>;
  /** When the token expires, in epoch seconds. */
  readonly expiresAt: number;
  /** When the user signed in, in epoch seconds, if the policy compares it (`max_age`); undefined for a machine. */
  readonly authTime?: number | undefined;
  /**
   * What the authorizer decided: this one request; every route at once, so that the gateway may cache the answer; or
   * nothing binding, since the stage only reports what it would deny.
   */
  readonly mode: CallerMode;
  /** The permission that opened the route, e.g. `orders:read`. Undefined unless `mode` is `request`. */
  readonly permission: string | undefined;
  readonly policyVersion: string;
  /**
   * The row that allowed it, e.g. `policies/roles.csv:12`; of several, the first by its text. Undefined unless `mode`
   * is `request`.
   */
  readonly determining: string | undefined;
}

const CALLER_MODES = ["request", "whole-api", "report-only"] as const;

/** What the authorizer decided: this request, the whole API, or nothing (it only reports). */
export type CallerMode = (typeof CALLER_MODES)[number];

/**
 * The same in a form for every gateway: REST APIs accept only strings, numbers and booleans. Lists are joined by one
 * space, which no role, group or scope can contain; undefined becomes the empty string.
 */
export type CallerContext = Readonly<Record<Exclude<keyof Caller, "authTime">, string>> & {
  /** Only where the policy compares it. */
  readonly authTime?: string;
};

/** @see readCaller, which reads it back */
export function encodeCaller(caller: Caller): CallerContext {
  // Named one by one: to copy all but one property costs more than all the rest, on every request.
  const context = {
    kind: caller.kind,
    sub: caller.sub,
    client: caller.client,
    roles: caller.roles.join(" "),
    groups: caller.groups.join(" "),
    poolAlias: caller.poolAlias ?? "",
    subjects: caller.subjects.join(" "),
    appScopes: caller.appScopes.join(" "),
    conditionClaims: JSON.stringify(caller.conditionClaims),
    expiresAt: String(caller.expiresAt),
    policyVersion: caller.policyVersion,
    mode: caller.mode,
    permission: caller.permission ?? "",
    determining: caller.determining ?? "",
  };
  return caller.authTime === undefined ? context : { ...context, authTime: String(caller.authTime) };
}

/**
 * The caller, for a backend behind the authorizer: from an event of an HTTP API (payload 1.0 or 2.0), a REST API, a
 * WebSocket API, or an AppSync resolver.
 *
 * Reads only the authorizer's context, never what a JWT authorizer or an emulator adds (`jwt`, `claims`), headers or
 * the body. Undefined means that the route has no claimgate authorizer or that its context is damaged: refuse the
 * request.
 *
 * @example
 * import { readCaller } from "claimgate/caller";
 *
 * export async function handler(event: unknown) {
 *   const caller = readCaller(event);
 *   if (caller === undefined) return { statusCode: 403 };
 *   return { statusCode: 200, body: JSON.stringify({ sub: caller.sub }) };
 * }
 */
export function readCaller(event: unknown): Caller | undefined {
  const context = contextOf(event);
  const text = (name: keyof Caller): string | undefined => {
    const value = property(context, name);
    return typeof value === "string" ? value : undefined;
  };
  const kind = (["user", "machine"] as const).find((one) => one === text("kind"));
  const mode = CALLER_MODES.find((one) => one === text("mode"));
  if (kind === undefined || mode === undefined) return undefined;
  const [sub, client, policyVersion] = [text("sub"), text("client"), text("policyVersion")];
  const poolAlias = text("poolAlias");
  const [permission, determining] = [text("permission") || undefined, text("determining") || undefined];
  const [roles, groups] = [words(text("roles")), words(text("groups"))];
  const subjects = subjectsIn(text("subjects"));
  // An answer from before there was this field may be cached: without scopes the app may do less.
  const appScopes = property(context, "appScopes") === undefined ? [] : words(text("appScopes"));
  const conditionClaims = claimsIn(text("conditionClaims"));
  const expiresAt = secondsIn(text("expiresAt"));
  if (!sub || !client || !policyVersion || roles === undefined || groups === undefined) return undefined;
  if (poolAlias === undefined) return undefined;
  const [hasAuthTime, authTime] = [property(context, "authTime") !== undefined, secondsIn(text("authTime"))];
  if (hasAuthTime && authTime === undefined) return undefined;
  if (subjects === undefined || conditionClaims === undefined || expiresAt === undefined) return undefined;
  if (appScopes === undefined) return undefined;
  if (mode === "request" && (permission === undefined || determining === undefined)) return undefined;
  const alias = poolAlias === "" ? undefined : poolAlias;
  const said = { kind, sub, client, roles, groups, poolAlias: alias, subjects, appScopes };
  return { ...said, conditionClaims, expiresAt, authTime, mode, permission, policyVersion, determining };
}

function contextOf(event: unknown): unknown {
  const request = property(event, "requestContext");
  // An AppSync resolver gets the authorizer's context in `identity` and has no `requestContext`.
  if (request === undefined) return property(property(event, "identity"), "resolverContext");
  const authorizer = property(request, "authorizer");
  return property(event, "version") === "2.0" ? property(authorizer, "lambda") : authorizer;
}

function words(text: string | undefined): readonly string[] | undefined {
  return text === "" ? [] : text?.split(" ");
}

function subjectsIn(text: string | undefined): readonly Subject[] | undefined {
  const found = words(text);
  return found !== undefined && found.length > 0 && found.every(isSubject) ? found : undefined;
}

function claimsIn(text: string | undefined): Readonly<Record<string, string>> | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return undefined;
  const entries = Object.entries(parsed);
  if (!entries.every((entry): entry is [string, string] => typeof entry[1] === "string")) return undefined;
  const claims: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [claim, value] of entries) claims[claim] = value;
  return claims;
}

function secondsIn(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,15}$/.test(text) ? Number(text) : undefined;
}
