import type { Policy } from "../../policy/policy.ts";
import { type Access, describeAccess } from "../access/access.ts";
import { accessHolders } from "../access/access-holders.ts";
import { accessOfHolders } from "../access/access-of-holders.ts";
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
  const accessTo = accessOfHolders(
    policy,
    holders.map(({ held }) => held),
  );
  const told = new ToldAccesses();
  return {
    version: policy.version,
    columns: [...holders, ...users].map(({ subject }) => subject),
    ...(policy.directoryRows.length > 0 && { directoryGroups: directorySources(policy) }),
    rows: [...routes].sort(byPath).map((route) => ({
      route,
      permissions: policy.routeEntries.get(route)?.permissions ?? [],
      cells: [...accessTo({ route }), ...users.map((one) => accessOnBehalf(policy, { route }, one))].map(
        told.at,
      ),
    })),
    accesses: told.accesses,
  };
}

/** What cells say, each once. */
class ToldAccesses {
  readonly accesses: CellJson[] = [];
  readonly #indexes = new Map<string, number>();
  /** Most cells of a large matrix share one object. */
  readonly #known = new Map<Access, number>();

  readonly at = (access: Access): number => {
    const known = this.#known.get(access);
    if (known !== undefined) return known;
    const text = describeAccess(access);
    const index = this.#indexes.get(text) ?? this.accesses.push({ kind: access.kind, text }) - 1;
    this.#indexes.set(text, index);
    this.#known.set(access, index);
    return index;
  };
}
