import { isSpecialRoute, METHODS, type Segment } from "../../policy/route.ts";
import { type RouteTable, routeForPath } from "../../policy/route-table.ts";
import type { RouteTrie } from "../../policy/route-trie.ts";
import { ownHeads } from "./head-requests.ts";
import { methodOf, segmentsIn } from "./route-shape.ts";

/** Requests that two tables decide by the same pair of routes. */
export interface RequestClass {
  /** The name of the requests: the finer of the two routes, else a route of their own. */
  readonly name: string;
  /** The route that decides them in the first table; undefined if none does, so that they are denied. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Concrete requests of one kind: a method, and a path whose other segments no table names. */
interface Request {
  readonly method: string;
  readonly segments: readonly string[];
}

/** All classes of requests, and whether the list is complete. */
export interface RequestClasses {
  readonly classes: readonly RequestClass[];
  /** False if the tables have too many paths to visit all. */
  readonly complete: boolean;
}

/** A segment that no route names: no literal contains braces or asterisks. */
export const OTHER_SEGMENT = "*";

/** The limit of visited paths; a table of 1,000 routes has about 3,000. */
const MOST_PATHS = 50_000;

/**
 * How two tables resolve every concrete request: each method that a route names and one that none names, and each path
 * of literals and other segments that exists in one of the tables, plus one more segment, where only greedy routes and
 * `$default` follow. Assumes that the gateway delivers the request by a greedy route or `$default`. Also covers a
 * gateway with fewer routes than the policy: behind each greedy route, the routes that refine it.
 *
 * @param focus only requests that this route, declared or not, could decide; all by default
 */
export function requestClasses(before: RouteTable, after: RouteTable, focus?: string): RequestClasses {
  return classesOf(resolvedRequests(before, after, focus));
}

function classesOf(requests: Iterable<ResolvedRequests | typeof TOO_MANY>): RequestClasses {
  const found = new Map<string, RequestClass>();
  for (const request of requests) {
    if (request === TOO_MANY) return { classes: [...found.values()], complete: false };
    const { before: was, after: is } = request;
    const key = `${was ?? ""}\n${is ?? ""}`;
    if (!found.has(key)) found.set(key, { name: nameOf(request, was, is), before: was, after: is });
  }
  return { classes: [...found.values()], complete: true };
}

/** The end of a walk with more paths than it visits. */
export const TOO_MANY = Symbol("too many paths");

/** Concrete requests of one kind, and the routes that decide them. */
export interface ResolvedRequests extends Omit<RequestClass, "name"> {
  /** Empty for a route that is decided by name: `$connect`, `Query.orders`. */
  readonly method: string;
  /** Literals, and {@link OTHER_SEGMENT} for each segment that no route of the walk names there. */
  readonly segments: readonly string[];
  /** The greedy template that the gateway matched; empty for its `$default`. */
  readonly matched: readonly Segment[];
}

/**
 * Every kind of requests that a route of one of the tables decides, as {@link requestClasses} walks them. Then every
 * `HEAD` that a gateway gives to another route than `GET`.
 */
export function* resolvedRequests(
  before: RouteTable,
  after: RouteTable,
  focus?: string,
): Generator<ResolvedRequests | typeof TOO_MANY, undefined> {
  yield* requestsLikeGet(before, after, focus);
  yield* headsApart(before, after, focus);
  return undefined;
}

/** A walk that ended with {@link TOO_MANY} is not continued by who reads it. */
function* headsApart(
  before: RouteTable,
  after: RouteTable,
  focus: string | undefined,
): Generator<ResolvedRequests, undefined> {
  const searched = searchedPaths(focus);
  if (searched === undefined || !methodsOf([...before.names, ...after.names], focus).includes("HEAD"))
    return undefined;
  const heads = ownHeads(before, after);
  for (const segments of pathsOf([before.trie, after.trie], searched)) {
    const decided = heads(segments);
    if (decided !== undefined) yield { ...decided, method: "HEAD", segments, matched: [] };
  }
  return undefined;
}

/** With `HEAD` decided like `GET`, as behind a greedy route or `$default`. */
function* requestsLikeGet(
  before: RouteTable,
  after: RouteTable,
  focus: string | undefined,
): Generator<ResolvedRequests | typeof TOO_MANY, undefined> {
  for (const name of fieldsOf(before, after)) {
    const [was, is] = [before, after].map(({ names }) => (names.has(name) ? name : undefined));
    if (focus === undefined || focus === name)
      yield { before: was, after: is, method: "", segments: [], matched: [] };
  }
  const searched = searchedPaths(focus);
  if (searched === undefined) return undefined;
  const greedy = greedyTemplates(before, after);
  const methods = methodsOf([...before.names, ...after.names], focus);
  let left = MOST_PATHS;
  for (const segments of pathsOf([before.trie, after.trie], searched)) {
    left -= 1;
    if (left < 0) {
      yield TOO_MANY;
      return undefined;
    }
    const fitting = greedy.filter((template) => takes(template, segments));
    for (const method of methods) {
      for (const matched of [[], ...fitting]) {
        const was = routeForPath(before, method, segments, matched);
        const is = routeForPath(after, method, segments, matched);
        // If one table has nothing behind a greedy route, it was not written for a gateway that has it.
        const isStrange = matched.length > 0 && (was === undefined || is === undefined);
        if (isStrange || (was === undefined && is === undefined)) continue;
        yield { before: was, after: is, method, segments, matched };
      }
    }
  }
  return undefined;
}

/** The routes of a table that decide some request of a route, declared or not; sorted. */
export function routesDeciding(table: RouteTable, route: string): readonly string[] {
  const { classes } = classesOf(requestsLikeGet(table, table, route));
  return classes.flatMap(({ after }) => after ?? []).sort();
}

/**
 * The routes that decide the requests of a method that another table decided by a route, behind what the gateway
 * matched; includes undefined if no route decides some of them.
 *
 * @param template from the event; undefined if it has none, so that `$default` does not apply
 * @returns empty for a route that does not determine the path
 */
export function routesInPlaceOf(
  table: RouteTable,
  { method, route, template }: Replaced,
): ReadonlySet<string | undefined> {
  const found = new Set<string | undefined>();
  const path = route.includes(" ") ? route.slice(route.indexOf(" ") + 1) : undefined;
  const searched = path === undefined ? undefined : searchedPaths(`${method} ${path}`);
  if (searched === undefined) return found;
  const matched = template?.endsWith("+}") === true ? (segmentsIn(`ANY ${template}`) ?? []) : [];
  let left = MOST_PATHS;
  for (const segments of pathsOf([table.trie], searched)) {
    left -= 1;
    if (left < 0) return new Set();
    if (!takes(matched, segments)) continue;
    const name = routeForPath(table, method, segments, matched);
    found.add(template === undefined && name === "$default" ? undefined : name);
  }
  return found;
}

/** A request in a log. */
export interface Replaced {
  readonly method: string;
  readonly route: string;
  readonly template: string | undefined;
}

/** `$connect`, `Query.orders`: decided by name. `$default` is the fallback for paths. */
function fieldsOf(...tables: readonly RouteTable[]): ReadonlySet<string> {
  return new Set(tables.flatMap(({ names }) => [...names].filter(isField)));
}

const isField = (name: string) => isSpecialRoute(name) && name !== "$default";

/** Methods that routes name, and one that none names. `HEAD` is decided like `GET`, so it comes with it. */
export function methodsOf(names: readonly string[], focus: string | undefined): readonly string[] {
  const own = focus?.includes(" ") === true ? methodOf(focus) : "ANY";
  if (own !== "ANY") return own === "GET" ? ["GET", "HEAD"] : [own];
  const named = new Set(names.filter((name) => name.includes(" ")).map(methodOf));
  named.delete("ANY");
  if (named.has("GET")) named.add("HEAD");
  const other = METHODS.find((method) => method !== "ANY" && method !== "HEAD" && !named.has(method));
  return [...named, ...(other === undefined ? [] : [other])].sort();
}

/** The paths of greedy routes, which a gateway may match. */
export function greedyTemplates(before: RouteTable, after: RouteTable): readonly (readonly Segment[])[] {
  const templates = new Map<string, readonly Segment[]>();
  for (const name of [...before.names, ...after.names]) {
    if (!name.endsWith("+}")) continue;
    const segments = segmentsIn(name);
    if (segments !== undefined) templates.set(name.slice(name.indexOf(" ")), segments);
  }
  return [...templates.values()];
}

/** Whether the path matches the greedy template. */
export function takes(template: readonly Segment[], segments: readonly string[]): boolean {
  return (
    template.length <= segments.length &&
    template.every((segment, index) => segment.kind !== "literal" || segment.text === segments[index])
  );
}

/** The paths to visit. */
interface SearchedPaths {
  /** Their common start. */
  readonly segments: readonly Segment[];
  /** Their minimum number of segments. */
  readonly least: number;
  /** Whether they may be longer. */
  readonly open: boolean;
}

/** Undefined for a route without a path. */
function searchedPaths(focus: string | undefined): SearchedPaths | undefined {
  if (focus === undefined || focus === "$default") return { segments: [], least: 0, open: true };
  const segments = segmentsIn(focus);
  if (segments === undefined) return undefined;
  const open = segments.at(-1)?.kind === "greedy";
  return { segments: open ? segments.slice(0, -1) : segments, least: segments.length, open };
}

/**
 * From every node of the tries, all literals that continue, and another segment. If no node is left, only greedy routes
 * and `$default` match the rest.
 */
function* pathsOf(
  nodes: readonly RouteTrie[],
  searched: SearchedPaths,
  path: readonly string[] = [],
): Generator<readonly string[]> {
  const enough = path.length >= searched.least;
  if (enough) yield path;
  if (enough && (!searched.open || nodes.length === 0)) return;
  const own = searched.segments[path.length];
  if (own?.kind === "literal") {
    yield* pathsOf(stepTo(nodes, own.text), searched, [...path, own.text]);
    return;
  }
  yield* pathsOf(stepTo(nodes, OTHER_SEGMENT), searched, [...path, OTHER_SEGMENT]);
  for (const text of new Set(nodes.flatMap(({ literals }) => [...literals.keys()]))) {
    const next = [...path, text];
    if (nodes.some(({ literals }) => leadsOn(literals.get(text))))
      yield* pathsOf(stepTo(nodes, text), searched, next);
    // Otherwise the rest is decided as after another segment.
    else if (next.length >= searched.least) yield next;
  }
}

function stepTo(nodes: readonly RouteTrie[], text: string): readonly RouteTrie[] {
  return nodes.flatMap((node) => [node.literals.get(text) ?? [], node.parameter ?? []].flat());
}

/** Whether a route continues from there. */
function leadsOn(node: RouteTrie | undefined): boolean {
  return (
    node !== undefined && (node.literals.size > 0 || node.parameter !== undefined || node.greedy.size > 0)
  );
}

function nameOf(request: Request, was: string | undefined, is: string | undefined): string {
  if (request.method === "") return is ?? was ?? "";
  const [one, other] = [is ?? was ?? "", was ?? is ?? ""];
  // A `HEAD` that is decided by a route of `GET` on one side only is not what that route names.
  const own = [one, other].filter(
    (route) => spells(route, request.segments) && !(request.method === "HEAD" && route.startsWith("GET ")),
  );
  const [name] = own.sort((a, b) => Number(a.startsWith("ANY ")) - Number(b.startsWith("ANY ")));
  if (name !== undefined) return name;
  if (one === other) return one;
  return `${request.method} /${request.segments.map((text, index) => spelled(text, index, [one, other])).join("/")}`;
}

/** Whether the route names exactly these paths: literal and open at the same places. */
function spells(route: string, path: readonly string[]): boolean {
  const segments = segmentsIn(route);
  if (segments === undefined) return false;
  return (
    segments.length === path.length &&
    segments.every((segment, index) =>
      segment.kind === "literal" ? segment.text === path[index] : path[index] === OTHER_SEGMENT,
    )
  );
}

/** A segment; for a parameter its name. */
function spelled(text: string, index: number, routes: readonly string[]): string {
  if (text !== OTHER_SEGMENT) return text;
  const names = routes.flatMap((route) => {
    const segment = segmentsIn(route)?.[index];
    return segment?.kind === "parameter" ? [segment.name] : [];
  });
  return `{${names[0] ?? `segment${index + 1}`}}`;
}
