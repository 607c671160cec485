import { METHODS, parsePathRoute, type Segment } from "../../../policy/route.ts";
import { type MatchedRoute, type RouteTable, resolveRoute } from "../../../policy/route-table.ts";
import { createRouteTrie, type DeclaredRoute, findRoute } from "../../../policy/route-trie.ts";
import type { At } from "../../text/place.ts";
import type { Refusal } from "../refusal.ts";
import { shapeOf, type Template } from "../templates.ts";

/** A route of an API that the policy will decide for. */
export interface ApiRoute {
  /** The API: routes of others do not take its requests. */
  readonly gateway: string;
  /** As the gateway spells it: `GET /orders/{orderId}`, `$default`. */
  readonly route: string;
  /** Whether the authorizer receives the path of a request, and not the route. */
  readonly byPath: boolean;
  readonly at: At;
}

/** A route with a path. */
export interface ApiPath extends ApiRoute {
  readonly method: string;
  readonly template: Template;
}

/** The methods of single requests. */
export const REQUEST_METHODS: readonly string[] = METHODS.filter((method) => method !== "ANY");

/** The routes with a path. */
export function apiPaths(api: readonly ApiRoute[]): readonly ApiPath[] {
  return api.flatMap((one) => {
    const parsed = parsePathRoute(one.route);
    if ("problem" in parsed) return [];
    return [{ ...one, method: parsed.route.method, template: parsed.route.segments }];
  });
}

/** Routes that no `g2` row can name, or that no row can tell apart. */
export function apiProblems(api: readonly ApiRoute[]): readonly Refusal[] {
  const spellings = new Map<string, string>();
  return api.flatMap(({ route, at }) => {
    if (route === "$default") return [];
    const [path] = apiPaths([{ gateway: "", route, byPath: false, at }]);
    if (path === undefined) {
      const fix = "write the `g2` rows by hand, or rename the route";
      return [{ ...at, message: `a policy cannot name the route \`${route}\``, fix }];
    }
    const key = `${path.method} ${shapeOf(path.template)}`;
    const known = spellings.get(key) ?? route;
    spellings.set(key, known);
    if (known === route) return [];
    const message = `\`${route}\` differs from \`${known}\` only in the name of a parameter`;
    return [{ ...at, message, fix: "use one name in both" }];
  });
}

/** A concrete request. */
export interface ApiRequest {
  readonly method: string;
  readonly segments: readonly string[];
}

/** The route of an API that the gateway matches, with the policy's route that then decides. */
export class ApiGateway {
  readonly #routes: readonly ApiRoute[];
  readonly #trie: ReturnType<typeof createRouteTrie>;

  /** @param routes of one API */
  constructor(routes: readonly ApiRoute[]) {
    this.#routes = routes;
    const declared = apiPaths(routes).map(
      ({ route, method, template }): DeclaredRoute => ({ name: route, method, segments: template }),
    );
    this.#trie = createRouteTrie(declared);
  }

  /** The route for the request; undefined if the API has none. */
  match({ method, segments }: ApiRequest): ApiRoute | undefined {
    // A gateway gives no `HEAD` request to a route of `GET`.
    const accept = (route: DeclaredRoute) => method !== "HEAD" || route.method !== "GET";
    const name = findRoute(this.#trie, { method, segments, accept })?.name ?? "$default";
    return this.#routes.find(({ route }) => route === name);
  }
}

/** The route of the policy that decides a request; undefined if it is denied. */
export function decidedOn(table: RouteTable, matched: ApiRoute, request: ApiRequest): string | undefined {
  return resolveRoute({ routes: table }, asEvent(matched, request)).route;
}

function asEvent({ route, byPath }: ApiRoute, { method, segments }: ApiRequest): MatchedRoute {
  const template = route.slice(route.indexOf(" ") + 1);
  const parsed = parsePathRoute(route);
  const own = "route" in parsed ? parsed.route.segments : [];
  return {
    method,
    template: byPath ? undefined : template,
    path: `/${segments.join("/")}`,
    encoding: "decoded",
    parameters: byPath
      ? {}
      : Object.fromEntries(own.flatMap((one, at) => parameterOf(one, segments.slice(at)))),
  };
}

function parameterOf(segment: Segment, rest: readonly string[]): readonly [string, string][] {
  if (segment.kind === "literal") return [];
  return [[segment.name, segment.kind === "greedy" ? rest.join("/") : (rest[0] ?? "")]];
}
