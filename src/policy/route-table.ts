import { ClaimgateError } from "../errors.ts";
import type { PathEncoding } from "./canonical-path.ts";
import { canonicalParameter, canonicalSegments, notCanonical } from "./canonical-path.ts";
import type { RouteName } from "./names.ts";
import { once } from "./once.ts";
import type { Segment } from "./route.ts";
import { decidingMethods, isSpecialRoute, parsePathRoute, parseTemplate } from "./route.ts";
import { createRouteTrie, type DeclaredRoute, findRoute, type RouteTrie } from "./route-trie.ts";

/** The routes that the policy declares. */
export interface RouteTable {
  /** All declared routes, path routes and special ones. */
  readonly names: ReadonlySet<string>;
  readonly trie: RouteTrie;
  /** The methods of the path routes. */
  readonly methods: ReadonlySet<string>;
}

/** What the gateway matched, from its event. */
export interface MatchedRoute {
  /** The request's own method, not the route's. */
  readonly method: string;
  /**
   * `/orders/{orderId}`, `/files/{proxy+}`, or a special route such as `$default`. Undefined if the event has no
   * template: the concrete path is then resolved against all declared path routes.
   */
  readonly template: string | undefined;
  /**
   * The concrete path. Unless the template is `$default`, a stage or a base path may come first: template and
   * parameters show where the route begins.
   */
  readonly path: string;
  /**
   * Why it is unknown whether a stage or a base path comes first, as a clause: `the domain ... is not listed`. Requests
   * that depend on it are then refused.
   */
  readonly unplaced?: string | undefined;
  readonly encoding: PathEncoding;
  /** From the event, in the same encoding as the path. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** The input of the decision. */
export interface ResolvedRoute {
  /** The declared spelling, or undefined if the policy declares no such route. */
  readonly route: RouteName | undefined;
  /** Decoded once; no prototype. */
  readonly parameters: Readonly<Record<string, string>>;
}

const NO_ROUTE: ResolvedRoute = { route: undefined, parameters: parametersOf([], []) };

const templates = new WeakMap<RouteTable, Map<string, readonly Segment[]>>();

/** Parsed templates of the table's routes: most requests ask for the same few. */
function templatesOf(table: RouteTable): Map<string, readonly Segment[]> {
  let kept = templates.get(table);
  if (kept === undefined) {
    kept = new Map();
    templates.set(table, kept);
  }
  return kept;
}

/** Builds the table from the parsed routes of the `g2` rows. */
export function createRouteTable(routes: Iterable<string>): RouteTable {
  const names = new Set(routes);
  const pathRoutes = once(() => declaredRoutes(names));
  const methods = once(() => new Set(pathRoutes().map(({ method }) => method)));
  const trie = once(() => createRouteTrie(pathRoutes()));
  // The names alone answer for a template that the policy declares: most requests need no more.
  return {
    names,
    get trie() {
      return trie();
    },
    get methods() {
      return methods();
    },
  };
}

function declaredRoutes(names: ReadonlySet<string>): readonly DeclaredRoute[] {
  return [...names].flatMap((name) => {
    const parsed = parsePathRoute(name);
    return "route" in parsed ? [{ name, ...parsed.route }] : [];
  });
}

/**
 * The declared route that a request is decided on, and its parameters.
 *
 * If the gateway matched a plain template, that is the route: `METHOD template` if declared, else `ANY template`; a
 * `HEAD` without a row of its own is decided as `GET`. If it matched a greedy template or `$default`, the concrete path
 * is resolved against the declared routes that refine the match, by API Gateway's priority: full match, then greedy,
 * then `$default` (developer guide, "Routing API requests"). If the event has no template, all declared path routes are
 * tried, but never `$default`, which REST APIs do not have. Path, template and the event's parameters must agree.
 * @throws ClaimgateError `request_not_canonical` for a path that two readers could read differently,
 * `request_domain_unlisted` if the route depends on an unknown base path
 *
 * @example
 * import { resolveRoute } from "claimgate/policy";
 *
 * const { route, parameters } = resolveRoute(policy, {
 *   method: "GET",
 *   template: undefined,
 *   path: "/orders/17",
 *   encoding: "decoded",
 *   parameters: {},
 * });
 * console.log(route, parameters);
 */
export function resolveRoute(policy: { readonly routes: RouteTable }, matched: MatchedRoute): ResolvedRoute {
  const { names } = policy.routes;
  const segments = canonicalSegments(matched.path, matched.encoding);
  if (matched.template === undefined) return bestOf(policy.routes, matched.method, segments, []) ?? NO_ROUTE;
  const isPath = matched.template.startsWith("/");
  if (!isPath && isSpecialRoute(matched.template) && matched.template !== "$default") {
    const route = names.has(matched.template) ? matched.template : undefined;
    return { route, parameters: parametersOf([], []) };
  }
  if (matched.template === "$default") {
    checkPlaced(policy.routes, matched);
    return resolvePath(policy.routes, matched.method, segments, []);
  }
  const kept = templatesOf(policy.routes);
  const template = kept.get(matched.template) ?? parseTemplate(matched.template);
  if (template === undefined) throw notCanonical("the event's route template is not valid");
  const { tail, bound } = tailFor(template, segments, matched);
  if (template.at(-1)?.kind === "greedy") return resolvePath(policy.routes, matched.method, tail, template);
  const candidates = decidingMethods(matched.method).map((method) => `${method} ${matched.template}`);
  const route = candidates.find((name) => names.has(name));
  // Those of declared routes only: a gateway may send others, and each would stay.
  if (route !== undefined) kept.set(matched.template, template);
  return { route, parameters: withoutPrototype(bound) };
}

/**
 * @throws ClaimgateError `request_domain_unlisted` if a path route could be meant but cannot be determined
 */
function checkPlaced({ methods }: RouteTable, { method, unplaced }: MatchedRoute): void {
  if (unplaced === undefined || !decidingMethods(method).some((one) => methods.has(one))) return;
  throw new ClaimgateError("request_domain_unlisted", `the called route cannot be determined: ${unplaced}`);
}

/**
 * The last segments of the path, as many as the template and its greedy parameter have: a stage or a custom domain's
 * base path may come first. This is not a guess: the gateway names the matched route and its parameters, and all of
 * them must agree.
 * @throws ClaimgateError `request_not_canonical` if they do not fit the template or the event's parameters
 */
function tailFor(
  template: readonly Segment[],
  segments: readonly string[],
  { parameters, encoding }: MatchedRoute,
): { readonly tail: readonly string[]; readonly bound: ReadonlyMap<string, string> } {
  // May have several segments: a value with a slash never equals the one segment of a plain parameter.
  const delivered = (name: string) =>
    Object.hasOwn(parameters, name) ? canonicalParameter(parameters[name] ?? "", encoding, true) : undefined;
  const last = template.at(-1);
  const rest = last?.kind === "greedy" ? (delivered(last.name)?.split("/").length ?? 1) - 1 : 0;
  const length = template.length + rest;
  const tail = length === 0 ? [] : segments.slice(-length);
  const bound = tail.length < length ? undefined : parametersIn(template, tail);
  if (bound === undefined) throw notCanonical("the event's path and its route template do not agree");
  for (const [name, value] of bound) {
    // The backend reads the event's parameters, so the decision must use the same values.
    if (delivered(name) !== value) {
      throw notCanonical("the event's path and its path parameters do not agree");
    }
  }
  return { tail, bound };
}

/**
 * The declared route for a concrete path, among those that refine the method that the gateway matched: a route of
 * another API that also fits the path must not apply.
 *
 * @param segments decoded @param matched the greedy template that the gateway matched; empty for its `$default`
 */
export function resolvePath(
  table: RouteTable,
  method: string,
  segments: readonly string[],
  matched: readonly Segment[],
): ResolvedRoute {
  const best = bestOf(table, method, segments, matched);
  if (best !== undefined) return best;
  return matched.length === 0 && table.names.has("$default") ? { ...NO_ROUTE, route: "$default" } : NO_ROUTE;
}

/**
 * The declared route that decides a concrete path, for analyses of whole tables. `matched` is the greedy template that
 * the gateway matched; undefined for its `$default`, which matches every path.
 */
export function routeForPath(
  table: RouteTable,
  method: string,
  segments: readonly string[],
  matched: readonly Segment[] = [],
): string | undefined {
  return resolvePath(table, method, segments, matched).route;
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

/** Whether the route is literal wherever the template is, so that it matches no path that the template does not. */
function refines(route: DeclaredRoute, template: readonly Segment[]): boolean {
  return template.every((segment, index) => {
    const own = route.segments[index];
    if (segment.kind === "greedy") return own !== undefined;
    if (segment.kind === "parameter") return own?.kind === "literal" || own?.kind === "parameter";
    return own?.kind === "literal" && own.text === segment.text;
  });
}

/** The parameters if the segments match the template, else undefined. */
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

/** The parameters of a path that matches the template, without a prototype; none if it does not. */
export function parametersOf(
  template: readonly Segment[],
  segments: readonly string[],
): Readonly<Record<string, string>> {
  return withoutPrototype(parametersIn(template, segments) ?? []);
}

function withoutPrototype(parameters: Iterable<readonly [string, string]>): Readonly<Record<string, string>> {
  const record: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of parameters) record[name] = value;
  return record;
}
