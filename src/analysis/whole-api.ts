import { methodPatterns, overlap } from "../policy/method-pattern.ts";
import { covers } from "../policy/permission.ts";
import { isSpecialRoute } from "../policy/route.ts";
import type { PermissionRow, RouteRow, Row } from "../policy/row.ts";
import { declaredRoutes, isPublic } from "./service-routes.ts";

/** Why one answer for a whole API could be wrong on a route. */
export interface InexpressibleRoute {
  /** The first row of the route. */
  readonly row: RouteRow;
  /** A clause: "its decision depends on ...". */
  readonly why: string;
}

interface GuardedRoute {
  readonly row: RouteRow;
  readonly patterns: readonly string[];
  /** Sorted; routes with the same ones are always decided alike, conditions aside. */
  readonly permissions: readonly string[];
}

/**
 * The path routes of the policy that an IAM policy cannot tell from others, whoever asks. Where there is none, the
 * answer that names every route by its pattern ({@link methodPatterns}) is right for each request of each route, so API
 * Gateway may keep it for a token.
 *
 * Two things make a route inexpressible:
 * - a row that may decide it has a condition: the answer depends on the path, the pattern does not;
 * - its pattern also matches requests of a route that other permissions open. A parameter counts as any text, encoded
 *   slashes included: whether API Gateway decodes them in the ARN is not documented. To deny the exceptions would need
 *   the ARN to spell a literal always alike, which is not documented either, so overlaps are refused.
 */
export function inexpressibleRoutes(rows: readonly Row[]): readonly InexpressibleRoute[] {
  const conditional = rows.filter(
    (row): row is PermissionRow => row.type === "p" && row.condition !== undefined,
  );
  const routes = guardedRoutes(rows);
  return routes.flatMap((route): InexpressibleRoute[] => {
    const why = conditionOf(route, conditional) ?? overlapOf(route, routes);
    return why === undefined ? [] : [{ row: route.row, why }];
  });
}

function guardedRoutes(rows: readonly Row[]): readonly GuardedRoute[] {
  const declared = [...declaredRoutes(rows)].filter(
    ([route, own]) => !isSpecialRoute(route) && !isPublic(own),
  );
  const names = new Set(declared.map(([route]) => route));
  return declared.flatMap(([route, own]) => {
    const [row] = own;
    const permissions = own.map(({ permission }) => permission).sort();
    return row === undefined ? [] : [{ row, patterns: methodPatterns(route, names), permissions }];
  });
}

function conditionOf(route: GuardedRoute, conditional: readonly PermissionRow[]): string | undefined {
  const row = conditional.find(({ permission }) =>
    route.permissions.some((opened) => covers(permission, opened)),
  );
  return row && `its decision depends on the path, by the condition at ${row.file}:${row.line}`;
}

function overlapOf(route: GuardedRoute, routes: readonly GuardedRoute[]): string | undefined {
  for (const other of routes) {
    if (other.permissions.join(" ") === route.permissions.join(" ")) continue;
    const pattern = route.patterns.find((own) => other.patterns.some((theirs) => overlap(own, theirs)));
    if (pattern !== undefined)
      return `the pattern \`${pattern}\` also matches requests of \`${other.row.route}\``;
  }
  return undefined;
}
