import type { Policy } from "../../../policy/policy.ts";
import { type Access, accessOf, describeAccess } from "../../access/access.ts";
import { accessHolders } from "../../access/access-holders.ts";
import type { CellJson, MatrixJson } from "../../console/contract.ts";
import { byPath } from "../../report/access-report.ts";

/** Who may call which route, for every subject that a row names. */
export function accessMatrix(policy: Policy): MatrixJson {
  const holders = accessHolders(policy);
  return {
    version: policy.version,
    columns: holders.map(({ subject }) => subject),
    rows: [...policy.routeEntries.entries()]
      .sort(([a], [b]) => byPath(a, b))
      .map(([route, { permissions }]) => ({
        route,
        permissions,
        cells: holders.map(({ held }) => cellOf(accessOf(policy, route, held))),
      })),
  };
}

function cellOf(access: Access): CellJson {
  return { kind: access.kind, text: describeAccess(access) };
}
