import { decidingMethods, METHODS, parsePathRoute, type Segment } from "./route.ts";

/**
 * The requests of a route as an IAM policy can say them: what stands behind `API/STAGE/` in the ARN of a method,
 * with `*` for each parameter. One pattern a method that the route decides ({@link decidingMethods}): `ANY` has all that
 * `routes` does not name for the same path, and `GET` has `HEAD` as well unless it is named.
 *
 * IAM's `*` is any text, slashes included, so a pattern can match requests of other routes: {@link overlap}.
 *
 * @param route a path route of the policy, e.g. `POST /orders/{orderId}`, which gives `POST/orders/*`
 * @param routes all routes of the API, public ones too: a public `GET` decides `HEAD`, not the `ANY` beside it
 * @throws RangeError where it is no path route
 */
export function methodPatterns(route: string, routes: ReadonlySet<string>): readonly string[] {
  const parsed = parsePathRoute(route);
  if ("problem" in parsed) throw new RangeError(`\`${route}\` is no route of a REST API`);
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

/** Whether some text matches both patterns, in which `*` stands for any text. */
export function overlap(left: string, right: string): boolean {
  // Which ends of `right` can be reached after the first characters of `left`.
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

/** `*` may stand for nothing. */
function closure(positions: Set<number>, pattern: string): Set<number> {
  for (const at of positions) if (pattern[at] === "*") positions.add(at + 1);
  return positions;
}
