import access from "./access.json";

/**
 * Whether a role of the user may call a route, so that the page hides what would only be denied. `access.json` is the
 * matrix of the policy, as `claimgate matrix` writes it; rows with a condition count as allowed. This is for the eyes:
 * the API decides each call, by the policy that is deployed there.
 */
export function mayCall(roles: readonly string[], route: string): boolean {
  const row = access.rows.find(({ name }) => name === route);
  const own = new Set(["role:authenticated", ...roles.map((role) => `role:${role}`)]);
  const kinds = access.columns.flatMap((column, index) =>
    own.has(column) ? [row?.access[index]?.kind] : [],
  );
  return !kinds.includes("denied") && kinds.some((kind) => kind === "allowed" || kind === "conditional");
}
