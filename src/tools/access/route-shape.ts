import { parsePathRoute, type Segment } from "../../policy/route.ts";

/** The segments of a route; undefined for one without a path. */
export function segmentsIn(route: string | undefined): readonly Segment[] | undefined {
  if (route === undefined || !route.includes(" ")) return undefined;
  const parsed = parsePathRoute(route);
  return "route" in parsed ? parsed.route.segments : undefined;
}

/** Whether two routes differ at most in the names of their parameters. */
export function isSameShape(one: string, other: string): boolean {
  return shapeOf(one) === shapeOf(other);
}

/** A route without the names of its parameters. */
export function shapeOf(route: string): string {
  const segments = segmentsIn(route);
  if (segments === undefined) return route;
  const shapes = segments.map((one) => (one.kind === "literal" ? one.text : `{${one.kind}}`));
  return [methodOf(route), ...shapes].join("/");
}

/** `GET` of `GET /orders`. */
export function methodOf(route: string): string {
  return route.slice(0, route.indexOf(" "));
}
