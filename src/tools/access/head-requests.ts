import { createRouteTable, type RouteTable, routeForPath } from "../../policy/route-table.ts";
import { type RequestClass, shapeOf } from "./request-classes.ts";

/** The routes that decide a `HEAD` in each policy. */
type DecidingRoutes = Pick<RequestClass, "before" | "after">;

/**
 * The routes by which policies decide a `HEAD` for a path, where the gateway matches a route without a greedy
 * parameter. A gateway gives `HEAD` to no route of `GET`: with `GET /envs/dev` and `ANY /envs/{env}`, a `HEAD` for
 * `/envs/dev` arrives by `/envs/{env}`, and is decided by the rows of that path.
 *
 * @returns for each path that a gateway with the routes of one of the tables may match
 */
export function headRequests(
  before: RouteTable,
  after: RouteTable,
): (segments: readonly string[]) => readonly DecidingRoutes[] {
  const gateways = [before, after].map((table) =>
    createRouteTable([...table.names].filter((name) => !name.startsWith("GET "))),
  );
  const [byPath, byPathAfter] = [decidingHeads(before), decidingHeads(after)];
  return (segments) =>
    gateways.flatMap((table) => {
      const route = routeForPath(table, "HEAD", segments);
      const path = route?.includes(" ") === true ? pathOf(route) : undefined;
      if (path === undefined || path.endsWith("+}")) return [];
      return [{ before: byPath.get(shapeOf(`ANY ${path}`)), after: byPathAfter.get(shapeOf(`ANY ${path}`)) }];
    });
}

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
