import { PUBLIC } from "../../policy/permission.ts";
import { decidingMethods, isSpecialRoute, parsePathRoute, type Segment } from "../../policy/route.ts";
import type { RouteRow, Row } from "../../policy/row.ts";
import type { Service, ServiceRoute } from "../service/service.ts";
import type { Problem } from "./rule.ts";

/** The place of something that is not written in serverless.yml. */
export function topOf(service: Service): Pick<Problem, "file" | "line" | "column"> {
  return { file: service.file, line: 1, column: 1 };
}

/** The `g2` rows by the route that they name. */
export function declaredRoutes(rows: readonly Row[]): ReadonlyMap<string, readonly RouteRow[]> {
  const routes = new Map<string, RouteRow[]>();
  for (const row of rows) {
    if (row.type !== "g2") continue;
    const known = routes.get(row.route);
    if (known === undefined) routes.set(row.route, [row]);
    else known.push(row);
  }
  return routes;
}

/**
 * The `g2` rows of a deployed route: those with its own spelling, otherwise those of `ANY` on its path. For `HEAD` the
 * rows of `GET` come in between.
 */
export function rowsOf(
  declared: ReadonlyMap<string, readonly RouteRow[]>,
  route: string,
): readonly RouteRow[] {
  if (isSpecialRoute(route)) return declared.get(route) ?? [];
  for (const method of decidingMethods(methodOf(route))) {
    const rows = declared.get(`${method} ${templateOf(route)}`);
    if (rows !== undefined) return rows;
  }
  return [];
}

/** Whether the policy declares the route public. */
export function isPublic(rows: readonly RouteRow[]): boolean {
  return rows.some((row) => row.permission === PUBLIC);
}

/**
 * Whether the route asks an authorizer. On a WebSocket API this happens only on connecting: messages on an open
 * connection are never authorized.
 */
export function isAuthorized({ gateway, route }: ServiceRoute): boolean {
  return gateway !== "websocket" || route === "$connect";
}

/**
 * Whether a request that the gateway matched to `deployed` may be decided on `declared`: the same template and a
 * common method, or, behind a greedy route or `$default`, a route that refines the match.
 */
export function mayDecide(deployed: ServiceRoute, declared: string): boolean {
  if (deployed.route === declared) return true;
  if (deployed.gateway === "websocket") return false;
  if (deployed.route === "$default") return !isSpecialRoute(declared);
  // A greedy route never falls to `$default`: src/policy/route-table.ts.
  if (isSpecialRoute(declared)) return false;
  if (!methodsMeet(methodOf(deployed.route), methodOf(declared))) return false;
  if (!deployed.route.endsWith("+}")) return templateOf(deployed.route) === templateOf(declared);
  return refines(segmentsOf(declared), segmentsOf(deployed.route));
}

/**
 * Whether some path fits both routes and the lookup may choose `first`: it is as long, and has a literal or a
 * parameter wherever both are specific. Priority is ignored: in doubt the answer is yes.
 */
export function mayTakePathsOf(first: string, second: string): boolean {
  if (!methodsMeet(methodOf(first), methodOf(second))) return false;
  const [own, theirs] = [segmentsOf(first), segmentsOf(second)];
  for (let index = 0; index < Math.max(own.length, theirs.length); index++) {
    const [one, other] = [own[index], theirs[index]];
    if (one === undefined || other === undefined) return false;
    if (one.kind === "greedy" || other.kind === "greedy") return true;
    if (one.kind === "literal" && other.kind === "literal" && one.text !== other.text) return false;
  }
  return true;
}

function segmentsOf(route: string): readonly Segment[] {
  const parsed = parsePathRoute(route);
  return "route" in parsed ? parsed.route.segments : [];
}

function methodOf(route: string): string {
  return route.slice(0, route.indexOf(" "));
}

function templateOf(route: string): string {
  return route.slice(route.indexOf(" ") + 1);
}

function methodsMeet(a: string, b: string): boolean {
  if (a === "ANY" || b === "ANY") return true;
  return decidingMethods(a).includes(b) || decidingMethods(b).includes(a);
}

/** Whether the route is literal wherever the greedy template is, and continues where that is greedy. */
function refines(own: readonly Segment[], greedy: readonly Segment[]): boolean {
  return greedy.every((segment, index) => {
    const match = own[index];
    if (segment.kind === "greedy") return match !== undefined;
    if (segment.kind === "parameter") return match?.kind === "literal" || match?.kind === "parameter";
    return match?.kind === "literal" && match.text === segment.text;
  });
}
