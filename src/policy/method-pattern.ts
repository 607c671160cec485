import { decidingMethods, METHODS, parsePathRoute, type Segment } from "./route.ts";

/**
 * The requests of a route as patterns for an IAM policy: the part after `API/STAGE/` in the ARN of a method, with `*`
 * for each parameter. One pattern for each method that the route decides ({@link decidingMethods}): `ANY` covers the
 * methods that `routes` does not declare for the same path, and `GET` covers `HEAD` unless it is declared.
 *
 * IAM's `*` matches any characters, slashes included, so a pattern can match requests of other routes: {@link overlap}.
 *
 * @param route a path route of the policy, e.g. `POST /orders/{orderId}`, which gives `POST/orders/*`
 * @param routes all routes of the API, public ones included: a public `GET` decides `HEAD` before `ANY`
 * @throws RangeError if `route` is not a path route
 */
export function methodPatterns(route: string, routes: ReadonlySet<string>): readonly string[] {
  const parsed = parsePathRoute(route);
  if ("problem" in parsed) throw new RangeError(`\`${route}\` is not a route of a REST API`);
  const { method, segments } = parsed.route;
  const template = route.slice(method.length + 1);
  const decides = (asked: string) =>
    decidingMethods(asked).find((one) => one === method || routes.has(`${one} ${template}`)) === method;
  const methods = METHODS.filter((one) => one !== "ANY" && decides(one));
  const path = segments.map(wild).join("/");
  return methods.map((one) => `${one}/${path}`);
}

function wild(segment: Segment): string {
  return segment.kind === "literal" ? segment.text : "*";
}

/** Whether any string matches both patterns, in which `*` matches any characters. */
export function overlap(left: string, right: string): boolean {
  // The positions in `right` that are reachable after the first characters of `left`.
  let reachable = closure(new Set([0]), right);
  for (const character of left) {
    const next = new Set<number>();
    for (const at of reachable) {
      if (character === "*") for (let end = at; end <= right.length; end++) next.add(end);
      else if (right[at] === "*") next.add(at);
      else if (right[at] === character) next.add(at + 1);
    }
    reachable = closure(next, right);
  }
  return reachable.has(right.length);
}

/** `*` may match the empty string. */
function closure(positions: Set<number>, pattern: string): Set<number> {
  for (const at of positions) if (pattern[at] === "*") positions.add(at + 1);
  return positions;
}
