import type { Workload } from "../decision-workload.ts";

/** The rows of a workload as plain data: what every engine of this folder is made from. */
export interface PeerPolicy {
  readonly grants: readonly PeerGrant[];
  /** Role -> the roles that it includes directly. */
  readonly inherits: Readonly<Record<string, readonly string[]>>;
  /** Route, such as `GET /res0/{id}/part0` -> permission. */
  readonly routes: Readonly<Record<string, string>>;
}

interface PeerGrant {
  readonly subject: string;
  readonly permission: string;
  readonly effect: "allow" | "deny";
}

/** Whether the holder of the roles has the permission: allowed by one of its grants, denied by none. */
export type Allows = (roles: readonly string[], permission: string) => boolean;
export type AllowsAsync = (roles: readonly string[], permission: string) => Promise<boolean>;

export function peerPolicyOf({ grants, inherits, routes }: Workload): PeerPolicy {
  return { grants, inherits: Object.fromEntries(inherits), routes: Object.fromEntries(routes) };
}

/** The roles with all that they include. */
export function withIncluded(roles: readonly string[], { inherits }: PeerPolicy): string[] {
  const held = new Set(roles);
  for (const role of held) for (const included of inherits[role] ?? []) held.add(included);
  return [...held];
}

/** The patterns that cover a permission: `orders:read`, `orders:*` and `*`. */
export function covering(permission: string): readonly string[] {
  return [permission, `${permission.slice(0, permission.indexOf(":"))}:*`, "*"];
}
