import type { Policy } from "../../policy/policy.ts";
import { type Access, accessOf, describeAccess } from "../access/access.ts";
import { accessHolders } from "../access/access-holders.ts";
import { directorySources } from "../access/directory-sources.ts";
import { byPath } from "../access/route-order.ts";
import { accessOnBehalf, namedUsersThroughApps } from "../access/users-through-apps.ts";
import type { CellJson, MatrixJson } from "../console/contract.ts";

/**
 * Who may call which route, for every subject that a row names, and through every app that the policy limits.
 *
 * @param routes the routes to show, in any order
 */
export function accessMatrix(
  policy: Policy,
  routes: Iterable<string> = policy.routeEntries.keys(),
): MatrixJson {
  const holders = accessHolders(policy);
  const users = namedUsersThroughApps(policy);
  return {
    version: policy.version,
    columns: [...holders, ...users].map(({ subject }) => subject),
    ...(policy.directoryRows.length > 0 && { directoryGroups: directorySources(policy) }),
    rows: [...routes].sort(byPath).map((route) => ({
      route,
      permissions: policy.routeEntries.get(route)?.permissions ?? [],
      cells: [
        ...holders.map(({ held }) => accessOf(policy, route, held)),
        ...users.map((one) => accessOnBehalf(policy, { route }, one)),
      ].map(cellOf),
    })),
  };
}

function cellOf(access: Access): CellJson {
  return { kind: access.kind, text: describeAccess(access) };
}
