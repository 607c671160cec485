import { patternsCovering } from "./permission.ts";
import type { Policy, PolicyAppRow, RouteEntry } from "./policy.ts";
import { type HeldSubjects, MACHINE } from "./subject.ts";

/** The app that a user's token was issued to. */
export interface App {
  /** The logical name of the app client. */
  readonly client: string;
  /** The scopes of the token. */
  readonly scopes: readonly string[];
}

/**
 * The app of a verified token: undefined for a machine, which acts for itself.
 *
 * @example
 * import { appOf, decide } from "claimgate/policy";
 *
 * const { effect } = decide(policy, {
 *   subjects: ["role:authenticated", "group:staff"],
 *   app: appOf({ kind: "user", client: "partner-app", scopes: ["orders-api/orders.read"] }),
 *   route: "GET /orders",
 *   parameters: {},
 *   claims: {},
 * });
 * console.log(effect);
 */
export function appOf(token: {
  readonly kind: "user" | "machine";
  readonly client: string;
  readonly scopes: readonly string[];
}): App | undefined {
  return token.kind === "user" ? { client: token.client, scopes: token.scopes } : undefined;
}

/** The part of a route that an app may use on behalf of its user. */
export interface AppCover {
  /** The permissions of the route that a `p3` row covers, in their order. */
  readonly permissions: readonly string[];
  /** The permission patterns of allow rows that count: those that cover one of these permissions. */
  readonly covering: ReadonlySet<string>;
  /** The `p3` rows that cover one of them. */
  readonly rows: readonly PolicyAppRow[];
}

/**
 * What the app may use of a route. Undefined if nothing restricts it: the policy has no `p3` row, or the token is a
 * machine's. An unknown app may use nothing.
 *
 * Allow rows must grant a permission that is covered here. Deny rows are not cut: they deny by any permission of the
 * route.
 */
export function appCover(
  { apps }: Pick<Policy, "apps">,
  { permissions }: Pick<RouteEntry, "permissions">,
  held: HeldSubjects,
  app: App | undefined,
): AppCover | undefined {
  if (apps.size === 0 || held.has(MACHINE)) return undefined;
  const own = app === undefined ? undefined : apps.get(app.client);
  const covered: string[] = [];
  const covering = new Set<string>();
  const rows = new Set<PolicyAppRow>();
  for (const permission of permissions) {
    const patterns = patternsCovering(permission);
    const found = patterns
      .flatMap((pattern) => own?.get(pattern) ?? [])
      .filter(({ scope }) => scope === undefined || app?.scopes.includes(scope) === true);
    if (found.length === 0) continue;
    covered.push(permission);
    for (const pattern of patterns) covering.add(pattern);
    for (const row of found) rows.add(row);
  }
  return { permissions: covered, covering, rows: [...rows] };
}
