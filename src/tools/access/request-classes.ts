import { isSpecialRoute, METHODS, parsePathRoute, type Segment } from "../../policy/route.ts";
import { type RouteTable, routeForPath } from "../../policy/route-table.ts";
import type { RouteTrie } from "../../policy/route-trie.ts";

/** Requests that two tables decide on the same two routes. */
export interface RequestClass {
  /** How the requests are called: by the finer of the two routes, else as a route of their own. */
  readonly name: string;
  /** The route that decides them in the first table; undefined where none does, and they are denied. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Concrete requests of one kind: a method, and a path whose other segments no table names. */
interface Request {
  readonly method: string;
  readonly segments: readonly string[];
}

/** Every class of requests, and whether these are all. */
export interface RequestClasses {
  readonly classes: readonly RequestClass[];
  /** False where the tables have so many paths that not all were looked at. */
  readonly complete: boolean;
}

/** A segment that no route names: braces and asterisks are in no literal. */
const OTHER = "*";

/** Paths that are looked at; a table of 1,000 routes has some 3,000. */
const MOST_PATHS = 50_000;

/**
 * How two tables resolve every concrete request: each method that a route names and one that none names, each path of
 * literals and other segments that leads anywhere in one of the tables, and one step further, where only greedy routes
 * and `$default` follow. It is assumed that the gateway delivers the request, by a greedy route or by `$default`. A
 * gateway that has fewer routes than the policy counts, too: behind each greedy route, the routes that refine it.
 *
 * @param focus only requests that this route could decide, declared or not; all by default
 */
export function requestClasses(before: RouteTable, after: RouteTable, focus?: string): RequestClasses {
  const found = new Map<string, RequestClass>();
  const add = (was: string | undefined, is: string | undefined, request: Request) => {
    const key = `${was ?? ""}\n${is ?? ""}`;
    if ((was === undefined && is === undefined) || found.has(key)) return;
    found.set(key, { name: nameOf(request, was, is), before: was, after: is });
  };
  for (const name of fieldsOf(before, after)) {
    const [was, is] = [before, after].map(({ names }) => (names.has(name) ? name : undefined));
    if (focus === undefined || focus === name) add(was, is, { method: "", segments: [] });
  }
  const classes = () => [...found.values()];
  const searched = searchedPaths(focus);
  if (searched === undefined) return { classes: classes(), complete: true };
  const greedy = greedyTemplates(before, after);
  const methods = methodsOf([...before.names, ...after.names], focus);
  let left = MOST_PATHS;
  for (const segments of pathsOf([before.trie, after.trie], searched)) {
    left -= 1;
    if (left < 0) return { classes: classes(), complete: false };
    const matched = greedy.filter((template) => takes(template, segments));
    for (const method of methods) {
      const request = { method, segments };
      add(routeForPath(before, method, segments), routeForPath(after, method, segments), request);
      for (const template of matched) {
        const was = routeForPath(before, method, segments, template);
        const is = routeForPath(after, method, segments, template);
        // Where one table has nothing behind that route, it was not written for a gateway that has it.
        if (was !== undefined && is !== undefined) add(was, is, request);
      }
    }
  }
  return { classes: classes(), complete: true };
}

/** The routes of a table that decide some request of a route, declared or not; sorted. */
export function routesDeciding(table: RouteTable, route: string): readonly string[] {
  const { classes } = requestClasses(table, table, route);
  return classes.flatMap(({ after }) => after ?? []).sort();
}

/**
 * What decides the requests of a method that another table decided on a route, behind what the gateway matched:
 * undefined among them where some are decided by none.
 *
 * @param template as the event has it; undefined where it has none, and `$default` does not count
 * @returns empty for a route that says nothing of the path
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

/** A request as a log has it. */
export interface Replaced {
  readonly method: string;
  readonly route: string;
  readonly template: string | undefined;
}

/** `$connect`, `Query.orders`: decided on by their name. `$default` is where paths end. */
function fieldsOf(...tables: readonly RouteTable[]): ReadonlySet<string> {
  return new Set(tables.flatMap(({ names }) => [...names].filter(isField)));
}

const isField = (name: string) => isSpecialRoute(name) && name !== "$default";

/** Methods that routes name, and one that none names. `HEAD` is decided as `GET` is, so it comes with it. */
function methodsOf(names: readonly string[], focus: string | undefined): readonly string[] {
  const own = focus?.includes(" ") === true ? methodOf(focus) : "ANY";
  if (own !== "ANY") return own === "GET" ? ["GET", "HEAD"] : [own];
  const named = new Set(names.filter((name) => name.includes(" ")).map(methodOf));
  named.delete("ANY");
  if (named.has("GET")) named.add("HEAD");
  const other = METHODS.find((method) => method !== "ANY" && method !== "HEAD" && !named.has(method));
  return [...named, ...(other === undefined ? [] : [other])].sort();
}

function methodOf(route: string): string {
  return route.slice(0, route.indexOf(" "));
}

function segmentsIn(route: string | undefined): readonly Segment[] | undefined {
  if (route === undefined || !route.includes(" ")) return undefined;
  const parsed = parsePathRoute(route);
  return "route" in parsed ? parsed.route.segments : undefined;
}

/** Whether two routes are the same but for the names of their parameters. */
export function isSameShape(one: string, other: string): boolean {
  return shapeOf(one) === shapeOf(other);
}

function shapeOf(route: string): string {
  const segments = segmentsIn(route);
  if (segments === undefined) return route;
  const shapes = segments.map((one) => (one.kind === "literal" ? one.text : `{${one.kind}}`));
  return [methodOf(route), ...shapes].join("/");
}

function greedyTemplates(before: RouteTable, after: RouteTable): readonly (readonly Segment[])[] {
  const templates = new Map<string, readonly Segment[]>();
  for (const name of [...before.names, ...after.names]) {
    if (!name.endsWith("+}")) continue;
    const segments = segmentsIn(name);
    if (segments !== undefined) templates.set(name.slice(name.indexOf(" ")), segments);
  }
  return [...templates.values()];
}

/** Whether the path is one of the greedy template. */
function takes(template: readonly Segment[], segments: readonly string[]): boolean {
  return (
    template.length <= segments.length &&
    template.every((segment, index) => segment.kind !== "literal" || segment.text === segments[index])
  );
}

/** Which paths are looked at. */
interface SearchedPaths {
  /** What they begin with. */
  readonly segments: readonly Segment[];
  /** How many segments they have at least. */
  readonly least: number;
  /** Whether longer ones are, too. */
  readonly open: boolean;
}

/** Undefined for a route that has no path. */
function searchedPaths(focus: string | undefined): SearchedPaths | undefined {
  if (focus === undefined || focus === "$default") return { segments: [], least: 0, open: true };
  const segments = segmentsIn(focus);
  if (segments === undefined) return undefined;
  const open = segments.at(-1)?.kind === "greedy";
  return { segments: open ? segments.slice(0, -1) : segments, least: segments.length, open };
}

/**
 * From every place in the tries all literals that lead on, and another segment. Where no node is left, only greedy
 * routes and `$default` take what follows, whatever it is.
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
  yield* pathsOf(stepTo(nodes, OTHER), searched, [...path, OTHER]);
  for (const text of new Set(nodes.flatMap(({ literals }) => [...literals.keys()]))) {
    const next = [...path, text];
    if (nodes.some(({ literals }) => leadsOn(literals.get(text))))
      yield* pathsOf(stepTo(nodes, text), searched, next);
    // Else what follows is decided as after another segment.
    else if (next.length >= searched.least) yield next;
  }
}

function stepTo(nodes: readonly RouteTrie[], text: string): readonly RouteTrie[] {
  return nodes.flatMap((node) => [node.literals.get(text) ?? [], node.parameter ?? []].flat());
}

/** Whether a route goes on from there. */
function leadsOn(node: RouteTrie | undefined): boolean {
  return (
    node !== undefined && (node.literals.size > 0 || node.parameter !== undefined || node.greedy.size > 0)
  );
}

function nameOf(request: Request, was: string | undefined, is: string | undefined): string {
  if (request.method === "") return is ?? was ?? "";
  const [one, other] = [is ?? was ?? "", was ?? is ?? ""];
  const own = [one, other].filter((route) => spells(route, request.segments));
  const [name] = own.sort((a, b) => Number(a.startsWith("ANY ")) - Number(b.startsWith("ANY ")));
  if (name !== undefined) return name;
  if (one === other) return one;
  return `${request.method} /${request.segments.map((text, index) => spelled(text, index, [one, other])).join("/")}`;
}

/** Whether the route names these paths exactly: literal where they are, open where they are. */
function spells(route: string, path: readonly string[]): boolean {
  const segments = segmentsIn(route);
  if (segments === undefined) return false;
  return (
    segments.length === path.length &&
    segments.every((segment, index) =>
      segment.kind === "literal" ? segment.text === path[index] : path[index] === OTHER,
    )
  );
}

/** A segment, by the parameter's name where it is one. */
function spelled(text: string, index: number, routes: readonly string[]): string {
  if (text !== OTHER) return text;
  const names = routes.flatMap((route) => {
    const segment = segmentsIn(route)?.[index];
    return segment?.kind === "parameter" ? [segment.name] : [];
  });
  return `{${names[0] ?? `segment${index + 1}`}}`;
}
