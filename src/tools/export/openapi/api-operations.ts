import type { Policy } from "../../../policy/policy.ts";
import {
  decidingMethods,
  isFieldRoute,
  isToolRoute,
  METHODS,
  parsePathRoute,
} from "../../../policy/route.ts";
import { shapeOf } from "../../access/route-shape.ts";
import type { ServiceRoute } from "../../service/service.ts";

/** What the policy demands of the callers of an operation. */
export interface ApiOperation {
  /** In upper case; never `ANY`. */
  readonly method: string;
  readonly path: string;
  /** Any of them suffices; empty if everyone may call it. */
  readonly permissions: readonly string[];
}

/** A route that the document does not have, and why. */
interface LeftOutRoute {
  readonly route: string;
  readonly reason: string;
}

export interface ApiOperations {
  /** By {@link shapeOf} of the route, sorted by path and method. */
  readonly operations: ReadonlyMap<string, ApiOperation>;
  readonly leftOut: readonly LeftOutRoute[];
}

/** The methods of single requests, in the order of a document. */
export const REQUEST_METHODS: readonly string[] = METHODS.filter((method) => method !== "ANY");

/**
 * The operations of an API: one for each method of a route. `ANY` becomes an operation for each method.
 *
 * @param routes those that serverless.yml deploys; without them the routes of the `g2` rows
 */
export function apiOperations(policy: Policy, routes?: readonly ServiceRoute[]): ApiOperations {
  const found: ApiOperation[] = [];
  const leftOut = new Map<string, string>();
  const declared =
    routes ?? [...policy.routeEntries.keys()].map((route) => ({ route, authorizer: undefined }));
  for (const { route, authorizer } of declared) {
    const reason = reasonToLeaveOut(route) ?? foreignReason(authorizer);
    const parsed = parsePathRoute(route);
    if (reason !== undefined || !("route" in parsed)) {
      leftOut.set(route, reason ?? "it has no path");
      continue;
    }
    const path = route.slice(route.indexOf(" ") + 1);
    for (const method of parsed.route.method === "ANY" ? REQUEST_METHODS : [parsed.route.method]) {
      const permissions = permissionsFor(policy, method, path);
      if (permissions === undefined) leftOut.set(route, "no `g2` row opens it, so it is always denied");
      else if (routes !== undefined && (permissions.length === 0) !== (authorizer === undefined)) {
        leftOut.set(route, disagreement(permissions.length === 0));
      } else found.push({ method, path, permissions });
    }
  }
  const sorted = found.toSorted((a, b) => compare(a.path, b.path) || methodRank(a) - methodRank(b));
  return {
    operations: new Map(sorted.map((one) => [shapeOf(`${one.method} ${one.path}`), one])),
    leftOut: [...leftOut]
      .map(([route, reason]) => ({ route, reason }))
      .sort((a, b) => compare(a.route, b.route)),
  };
}

/** As the authorizer decides: by the row of the method, else of `ANY`; `HEAD` as `GET`. */
function permissionsFor(
  { routeEntries }: Policy,
  method: string,
  path: string,
): readonly string[] | undefined {
  for (const one of decidingMethods(method)) {
    const entry = routeEntries.get(`${one} ${path}`);
    if (entry !== undefined) return entry.permissions;
  }
  return undefined;
}

function reasonToLeaveOut(route: string): string | undefined {
  if (route === "$default") return "OpenAPI has no operation for all other requests";
  if (route.startsWith("$")) return "a route of a WebSocket API";
  if (isFieldRoute(route)) return "a field of a GraphQL API";
  if (isToolRoute(route)) return "a tool of an MCP server";
  if (route.endsWith("+}")) return "OpenAPI has no parameter that matches several segments";
  return undefined;
}

function foreignReason(authorizer: ServiceRoute["authorizer"]): string | undefined {
  return authorizer === undefined || authorizer.kind === "lambda"
    ? undefined
    : `the authorizer \`${authorizer.name}\` decides, not the policy`;
}

function disagreement(isPublic: boolean): string {
  return isPublic
    ? "the policy calls it public, and serverless.yml gives it an authorizer"
    : "the policy guards it, and serverless.yml gives it no authorizer";
}

function methodRank({ method }: ApiOperation): number {
  return REQUEST_METHODS.indexOf(method);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
