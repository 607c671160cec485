import type { PathEncoding } from "./canonical-path.ts";
import { canonicalSegments, notCanonical } from "./canonical-path.ts";
import type { Segment } from "./route.ts";
import { decidingMethods, isSpecialRoute, parsePathRoute, parseTemplate } from "./route.ts";
import { createRouteTrie, type DeclaredRoute, findRoute, type RouteTrie } from "./route-trie.ts";

/** The routes that the policy declares. */
export interface RouteTable {
  /** All declared routes, path routes and special ones. */
  readonly names: ReadonlySet<string>;
  readonly trie: RouteTrie;
}

/** What the gateway matched, as its event says it. */
export interface MatchedRoute {
  /** The request's own method, not the route's. */
  readonly method: string;
  /**
   * `/orders/{orderId}`, `/files/{proxy+}`, or a special route such as `$default`. Undefined where the event does not
   * say it: then the concrete path is resolved against all declared path routes.
   */
  readonly template: string | undefined;
  /** The concrete path, without the stage. */
  readonly path: string;
  readonly encoding: PathEncoding;
  /** As the event has them. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** What is decided on. */
export interface ResolvedRoute {
  /** The declared spelling, or undefined where the policy declares no such route. */
  readonly route: string | undefined;
  /** Decoded once; no prototype. */
  readonly parameters: Readonly<Record<string, string>>;
}

const NO_ROUTE: ResolvedRoute = { route: undefined, parameters: parametersOf([], []) };

/** Builds the table from the routes of the `g2` rows, which have parsed. */
export function createRouteTable(routes: Iterable<string>): RouteTable {
  const names = new Set(routes);
  const pathRoutes = [...names].flatMap((name) => {
    if (isSpecialRoute(name)) return [];
    const parsed = parsePathRoute(name);
    return "route" in parsed ? [{ name, ...parsed.route }] : [];
  });
  return { names, trie: createRouteTrie(pathRoutes) };
}

/**
 * The declared route that a request is decided on, and its parameters.
 *
 * Where the gateway matched a plain template, that is the route: `METHOD template` if declared, else
 * `ANY template`. Where it matched a greedy template or `$default`, the concrete path is resolved against the
 * declared routes that refine what was matched, by API Gateway's priority: full match, then greedy, then
 * `$default` (developer guide, "Routing API requests"). Where it does not say what it matched, all declared path
 * routes are tried, and never `$default`, which REST APIs do not have. Path, template and the event's parameters must agree.
 * @throws ClaimgateError `request_not_canonical` for a path that two readers could read differently
 */
export function resolveRoute(policy: { readonly routes: RouteTable }, matched: MatchedRoute): ResolvedRoute {
  const { names } = policy.routes;
  const segments = canonicalSegments(matched.path, matched.encoding);
  if (matched.template === undefined) return bestOf(policy.routes, matched.method, segments, []) ?? NO_ROUTE;
  if (isSpecialRoute(matched.template) && matched.template !== "$default") {
    const route = names.has(matched.template) ? matched.template : undefined;
    return { route, parameters: parametersOf([], []) };
  }
  if (matched.template === "$default") return resolvePath(policy.routes, matched.method, segments, []);
  const template = parseTemplate(matched.template);
  if (template === undefined) throw notCanonical("the event's route template is not one");
  const tail = tailFor(template, segments, matched.parameters);
  if (template.at(-1)?.kind === "greedy") return resolvePath(policy.routes, matched.method, tail, template);
  const candidates = decidingMethods(matched.method).map((method) => `${method} ${matched.template}`);
  return { route: candidates.find((name) => names.has(name)), parameters: parametersOf(template, tail) };
}

/**
 * The last segments of the path, as many as the template has: a custom domain's base path may come before.
 * @throws ClaimgateError `request_not_canonical` where they do not fit the template or the event's parameters
 */
function tailFor(
  template: readonly Segment[],
  segments: readonly string[],
  parameters: Readonly<Record<string, string>>,
): readonly string[] {
  const length = lengthFor(template, parameters);
  const tail = length === 0 ? [] : segments.slice(-length);
  const bound = tail.length < length ? undefined : parametersIn(template, tail);
  if (bound === undefined) throw notCanonical("the event's path and its route template do not agree");
  for (const [name, value] of bound) {
    // The backend will read the event's parameters, so what is decided on must be the same values.
    const delivered = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (delivered !== value && decoded(delivered) !== value) {
      throw notCanonical("the event's path and its path parameters do not agree");
    }
  }
  return tail;
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function lengthFor(template: readonly Segment[], parameters: Readonly<Record<string, string>>): number {
  const last = template.at(-1);
  if (last?.kind !== "greedy") return template.length;
  const rest = Object.hasOwn(parameters, last.name) ? parameters[last.name] : undefined;
  return template.length - 1 + (rest === undefined ? 1 : rest.replace(/^\/|\/$/g, "").split("/").length);
}

/**
 * The declared route for a concrete path, among those that refine what the gateway matched: a route of
 * another API that merely fits the path must not lend its permissions.
 */
function resolvePath(
  table: RouteTable,
  method: string,
  segments: readonly string[],
  matched: readonly Segment[],
): ResolvedRoute {
  const best = bestOf(table, method, segments, matched);
  if (best !== undefined) return best;
  return matched.length === 0 && table.names.has("$default") ? { ...NO_ROUTE, route: "$default" } : NO_ROUTE;
}

function bestOf(
  table: RouteTable,
  method: string,
  segments: readonly string[],
  matched: readonly Segment[],
): ResolvedRoute | undefined {
  const accept = (route: DeclaredRoute) => refines(route, matched);
  const best = findRoute(table.trie, { method, segments, accept });
  if (best === undefined) return undefined;
  return { route: best.name, parameters: parametersOf(best.segments, segments) };
}

/** Whether the route is literal wherever the template is: it takes no path that the template does not. */
function refines(route: DeclaredRoute, template: readonly Segment[]): boolean {
  return template.every((segment, index) => {
    const own = route.segments[index];
    if (segment.kind === "greedy") return own !== undefined;
    if (segment.kind === "parameter") return own?.kind === "literal" || own?.kind === "parameter";
    return own?.kind === "literal" && own.text === segment.text;
  });
}

/** The parameters if the segments fit the template; undefined if not. */
function parametersIn(
  template: readonly Segment[],
  segments: readonly string[],
): Map<string, string> | undefined {
  const parameters = new Map<string, string>();
  for (const [index, segment] of template.entries()) {
    const value = segments[index];
    if (value === undefined) return undefined;
    if (segment.kind === "greedy") {
      parameters.set(segment.name, segments.slice(index).join("/"));
      return parameters;
    }
    if (segment.kind === "parameter") parameters.set(segment.name, value);
    else if (segment.text !== value) return undefined;
  }
  return template.length === segments.length ? parameters : undefined;
}

function parametersOf(
  template: readonly Segment[],
  segments: readonly string[],
): Readonly<Record<string, string>> {
  const record: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of parametersIn(template, segments) ?? []) record[name] = value;
  return record;
}
