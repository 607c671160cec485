import type { Problem } from "../refusal.ts";
import type { ApiRoute } from "./api-routes.ts";
import { apiTable, type Misfit } from "./api-table.ts";
import type { Callers } from "./callers.ts";
import { type ConvertedGrants, convertGrants, type RefusedGrant } from "./grants.ts";
import type { CasbinModel } from "./model.ts";
import { type RouteRow, routeRows } from "./routes.ts";
import type { GrantRow } from "./rows.ts";

/** The grants with the routes that open their permissions. */
export interface OpenedGrants {
  /** `p` rows. */
  readonly rows: readonly string[];
  readonly routes: readonly RouteRow[];
  readonly named: ConvertedGrants["named"];
  readonly refused: readonly RefusedGrant[];
  /** Grants that no request of the API can meet; they have no row. */
  readonly unreached: readonly GrantRow[];
}

/**
 * Converts the grants to routes of their own, or to those of an API. A grant that the API's routes cannot tell apart
 * from others is refused, and the rest converted again. Undefined if there are too many routes.
 */
export function convertToRoutes(
  model: CasbinModel,
  grants: readonly GrantRow[],
  callers: Callers,
  api: readonly ApiRoute[] | undefined,
): OpenedGrants | undefined {
  const refused: RefusedGrant[] = [];
  for (;;) {
    const without = new Set(refused.map(({ grant }) => grant));
    const converted = convertGrants(model, grants, callers, without);
    const table = tableFor(converted, api);
    if (table === undefined) return undefined;
    const misfits = new Map<GrantRow, Misfit>();
    for (const { grant, permission } of converted.given) {
      const misfit = table.misfits.get(permission);
      if (misfit !== undefined && !misfits.has(grant)) misfits.set(grant, misfit);
    }
    if (misfits.size === 0) return opened(converted, table.rows, refused);
    for (const [grant, misfit] of misfits)
      refused.push({ grant, at: grant.object, problem: misfitProblem(misfit) });
  }
}

function tableFor({ paths }: ConvertedGrants, api: readonly ApiRoute[] | undefined) {
  if (api !== undefined) return apiTable(paths, api);
  const rows = routeRows(paths);
  return rows && { rows, misfits: new Map<string, Misfit>() };
}

function opened(
  { given, named, refused }: ConvertedGrants,
  routes: readonly RouteRow[],
  misfits: readonly RefusedGrant[],
): OpenedGrants {
  const permissions = new Set(routes.map(({ permission }) => permission));
  const met = given.filter(({ isPath, permission }) => !isPath || permissions.has(permission));
  const reached = new Set(met.map(({ grant }) => grant));
  return {
    rows: [...new Set(met.map(({ row }) => row))],
    routes,
    named,
    refused: [...refused, ...misfits],
    unreached: [...new Set(given.map(({ grant }) => grant))].filter((grant) => !reached.has(grant)),
  };
}

function misfitProblem({ request, route }: Misfit): Problem {
  return {
    message: `the API has no route for \`${request}\`: such a request reaches \`${route}\`, and the row is about a part of its paths`,
    fix: `add the route \`${request}\` to serverless.yml, or write a row for all paths of \`${route}\``,
  };
}
