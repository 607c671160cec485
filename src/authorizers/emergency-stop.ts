import { covers, isPermissionPattern } from "../policy/permission.ts";
import type { Policy } from "../policy/policy.ts";
import type { EmergencyStop } from "../token/emergency-stop.ts";
import type { VerifiedToken } from "../token/verified-token.ts";

export type { EmergencyStop };

type Stop = VerifiedToken["stop"];

/** A route that is denied to everyone, for now. */
export interface StoppedRoute {
  readonly permissions: readonly string[];
  /** The stopped patterns that cover a permission of the route. */
  readonly stopped: readonly string[];
}

/** Whether the route is stopped; `*` also stops a request without a declared route. */
export function stoppedRoute(
  { stop }: Pick<VerifiedToken, "stop">,
  { routeEntries }: Policy,
  route: string | undefined,
): StoppedRoute | undefined {
  if (stop === undefined) return undefined;
  const permissions = route === undefined ? [] : (routeEntries.get(route)?.permissions ?? []);
  const stopped = stoppedAmong(stop, permissions);
  return stopped.length === 0 ? undefined : { permissions, stopped };
}

/** What an entry stops that cannot be read: it was written to stop. */
const EVERYTHING = "*";

/** Whether the entry names what it stops, by patterns only. */
export function isReadableStop({ stopped }: EmergencyStop): boolean {
  return stopped?.every(({ permission }) => isPermissionPattern(permission)) ?? false;
}

/** The stopped patterns; one that cannot be read stops everything. */
function patternsOf(stop: EmergencyStop): readonly string[] {
  return isReadableStop(stop) ? (stop.stopped ?? []).map(({ permission }) => permission) : [EVERYTHING];
}

/** Whether everything is stopped, routes without a permission included. */
export function stopsEverything(stop: Stop): boolean {
  return stop !== undefined && patternsOf(stop).includes(EVERYTHING);
}

/**
 * The stopped patterns that cover any of these permissions; none if the stop does not reach them. A route with several
 * permissions is stopped with any of them, as a matching deny row of any of them wins.
 */
export function stoppedAmong(stop: Stop, permissions: readonly string[]): readonly string[] {
  if (stop === undefined) return [];
  return patternsOf(stop).filter(
    (pattern) => pattern === EVERYTHING || permissions.some((permission) => covers(pattern, permission)),
  );
}
