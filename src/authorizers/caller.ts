import { property } from "./event-shape.ts";

/** Who calls and why they may, as the authorizer tells it to the backend. */
export interface Caller {
  readonly kind: "user" | "machine";
  /** The `sub` of the user, or the client id of the machine. */
  readonly sub: string;
  /** Logical name of the app client that the token was issued to. */
  readonly client: string;
  /** Names of all roles that counted, without prefix, sorted: `customer`, not `role:customer`. */
  readonly roles: readonly string[];
  /** Names of Cognito groups; none for a machine. */
  readonly groups: readonly string[];
  /** The permission that opened the route, e.g. `orders:read`. */
  readonly permission: string;
  readonly policyVersion: string;
  /** The first row that allowed it, e.g. `policies/roles.csv:12`. */
  readonly determining: string;
}

/**
 * The same as both gateways can carry it: REST APIs take strings, numbers and booleans only. Lists are joined
 * by one space, which neither role nor group names can contain.
 */
export type CallerContext = Readonly<Record<keyof Caller, string>>;

/** @see readCaller, which reads it back */
export function encodeCaller(caller: Caller): CallerContext {
  return { ...caller, roles: caller.roles.join(" "), groups: caller.groups.join(" ") };
}

/**
 * Who calls, for a backend behind the authorizer: from an HTTP API event (payload 2.0) or a REST proxy event.
 *
 * It reads the authorizer's context and nothing else: not what a JWT authorizer or an emulator puts beside it
 * (`jwt`, `claims`), no header, no body. Undefined means that no claimgate authorizer stood before this route
 * or that its context is damaged: refuse the request.
 *
 * @example
 * const caller = readCaller(event);
 * if (caller === undefined) return { statusCode: 403 };
 */
export function readCaller(event: unknown): Caller | undefined {
  const authorizer = property(property(event, "requestContext"), "authorizer");
  const context = property(event, "version") === "2.0" ? property(authorizer, "lambda") : authorizer;
  const kind = property(context, "kind");
  if (kind !== "user" && kind !== "machine") return undefined;
  const text = (name: keyof Caller): string | undefined => {
    const value = property(context, name);
    return typeof value === "string" ? value : undefined;
  };
  const [sub, client, permission] = [text("sub"), text("client"), text("permission")];
  const [policyVersion, determining] = [text("policyVersion"), text("determining")];
  const [roles, groups] = [text("roles"), text("groups")];
  if (!sub || !client || !permission || !policyVersion || !determining) return undefined;
  if (roles === undefined || groups === undefined) return undefined;
  return {
    kind,
    sub,
    client,
    roles: words(roles),
    groups: words(groups),
    permission,
    policyVersion,
    determining,
  };
}

function words(text: string): readonly string[] {
  return text === "" ? [] : text.split(" ");
}
