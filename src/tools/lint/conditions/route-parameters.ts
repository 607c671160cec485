import { isSpecialRoute, parsePathRoute } from "../../../policy/route.ts";

/** The names of a route's path parameters; special routes such as `$default` have none. */
export function parametersOfRoute(route: string): readonly string[] {
  if (isSpecialRoute(route)) return [];
  const parsed = parsePathRoute(route);
  if ("problem" in parsed) return [];
  return parsed.route.segments.flatMap((segment) => (segment.kind === "literal" ? [] : [segment.name]));
}
