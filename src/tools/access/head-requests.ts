import { createRouteTable, type RouteTable, routeForPath } from "../../policy/route-table.ts";
import { segmentsIn, shapeOf } from "./route-shape.ts";

/** The routes that decide a `HEAD` in each policy; undefined if none does. */
export interface DecidingRoutes {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/**
 * The routes by which policies decide a `HEAD` for a path, where the gateway matches a route without a greedy
 * parameter. A gateway gives `HEAD` to no route of `GET`: with `GET /envs/dev` and `ANY /envs/{env}`, a `HEAD` for
 * `/envs/dev` arrives by `/envs/{env}`, and is decided by the rows of that path.
 *
 * @returns for each path that a gateway with the routes of one of the tables may match, and {@link ownHeads}
 */
export function headRequests(
  before: RouteTable,
  after: RouteTable,
): (segments: readonly string[]) => readonly DecidingRoutes[] {
  const heads = [headsOf(before), headsOf(after)] as const;
  const [was, is] = heads;
  const own = areApart(before, after) ? ownHeadsOf(was, is) : NO_HEAD;
  return (segments) => {
    const matched = heads.flatMap(({ plainPath }) => plainPath(segments) ?? []);
    const mixed = matched.map((path) => ({ before: was.decidedBy(path), after: is.decidedBy(path) }));
    const each = own(segments);
    return each === undefined ? mixed : [...mixed, each];
  };
}

/**
 * The routes that decide a `HEAD` for a path, each behind a gateway with the routes of its own table.
 *
 * @returns undefined if one of the gateways does not deliver it, and where a `HEAD` is a request like others, since no
 * route is of `GET`
 */
export function ownHeads(
  before: RouteTable,
  after: RouteTable,
): (segments: readonly string[]) => DecidingRoutes | undefined {
  return areApart(before, after) ? ownHeadsOf(headsOf(before), headsOf(after)) : NO_HEAD;
}

type OwnHeads = ReturnType<typeof ownHeads>;

const NO_HEAD: OwnHeads = () => undefined;

function areApart(before: RouteTable, after: RouteTable): boolean {
  const names = [...before.names, ...after.names];
  return names.some((name) => name.startsWith("GET ")) && names.some((name) => TAKES_HEAD.test(name));
}

function ownHeadsOf(was: Heads, is: Heads): OwnHeads {
  return (segments) => {
    const decided = { before: was.decided(segments), after: is.decided(segments) };
    return decided.before === undefined || decided.after === undefined ? undefined : decided;
  };
}

/** How a gateway with the routes of a table gives `HEAD` to them, and how its policy decides that. */
interface Heads {
  /** The path without a greedy parameter that the gateway matches; undefined if it matches none, or another one. */
  readonly plainPath: (segments: readonly string[]) => string | undefined;
  /** The route that decides a `HEAD` for which a gateway matched the path, whatever its names. */
  readonly decidedBy: (path: string) => string | undefined;
  /** The route that decides a `HEAD` for a path. */
  readonly decided: (segments: readonly string[]) => string | undefined;
}

function headsOf(table: RouteTable): Heads {
  const gateway = createRouteTable([...table.names].filter((name) => !name.startsWith("GET ")));
  const byShape = decidingHeads(table);
  const decidedBy = (path: string) => byShape.get(shapeOf(`ANY ${path}`));
  const pathMatched = (segments: readonly string[]) => {
    const route = routeForPath(gateway, "HEAD", segments);
    return route?.includes(" ") === true ? pathOf(route) : route;
  };
  return {
    plainPath: (segments) => {
      const path = pathMatched(segments);
      return path !== undefined && isPlain(path) ? path : undefined;
    },
    decidedBy,
    decided: (segments) => {
      const path = pathMatched(segments);
      if (path === undefined) return undefined;
      if (isPlain(path)) return decidedBy(path);
      return routeForPath(table, "HEAD", segments, segmentsIn(`ANY ${path}`));
    },
  };
}

/** Neither `$default` nor greedy. */
const isPlain = (path: string) => path.startsWith("/") && !path.endsWith("+}");

const TAKES_HEAD = /^(?:HEAD |ANY |\$default$)/;
const METHODS = ["HEAD", "GET", "ANY"];

/** Shape of a path -> the route that decides a `HEAD` for which the gateway matched it, whatever its names. */
function decidingHeads({ names }: RouteTable): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const method of METHODS) {
    for (const name of names) {
      const shape = name.startsWith(`${method} `) ? shapeOf(`ANY ${pathOf(name)}`) : undefined;
      if (shape !== undefined && !found.has(shape)) found.set(shape, name);
    }
  }
  return found;
}

function pathOf(route: string): string {
  return route.slice(route.indexOf(" ") + 1);
}
