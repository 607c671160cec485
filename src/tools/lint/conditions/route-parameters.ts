import { isSpecialRoute, isToolRoute, parsePathRoute } from "../../../policy/route.ts";

/** The names of a route's path parameters; special routes such as `$default` have none. */
export function parametersOfRoute(route: string): readonly string[] {
  if (isSpecialRoute(route)) return [];
  const parsed = parsePathRoute(route);
  if ("problem" in parsed) return [];
  return parsed.route.segments.flatMap((segment) => (segment.kind === "literal" ? [] : [segment.name]));
}

/** Whether a request to the route can have the parameter. The policy does not know the arguments of a tool. */
export function mayHaveParameter(route: string, parameter: string): boolean {
  return isToolRoute(route) || parametersOfRoute(route).includes(parameter);
}
