import type { Policy } from "../../../policy/policy.ts";
import { type Access, accessOf, describeAccess } from "../../access/access.ts";
import { accessHolders } from "../../access/access-holders.ts";
import { directorySources } from "../../access/directory-sources.ts";
import { accessOnBehalf, namedUsersThroughApps } from "../../access/users-through-apps.ts";
import type { CellJson, MatrixJson } from "../../console/contract.ts";
import { byPath } from "../../report/access-report.ts";

/** Who may call which route, for every subject that a row names, and through every app that the policy limits. */
export function accessMatrix(policy: Policy): MatrixJson {
  const holders = accessHolders(policy);
  const users = namedUsersThroughApps(policy);
  return {
    version: policy.version,
    columns: [...holders, ...users].map(({ subject }) => subject),
    ...(policy.directoryRows.length > 0 && { directoryGroups: directorySources(policy) }),
    rows: [...policy.routeEntries.entries()]
      .sort(([a], [b]) => byPath(a, b))
      .map(([route, { permissions }]) => ({
        route,
        permissions,
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
