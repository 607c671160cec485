import type { Caller } from "../../src/authorizers/caller.ts";

/** A member of the staff whom an authorizer let read orders, until 2,000 seconds of the epoch. */
export function callerWith(parts: Partial<Caller> = {}): Caller {
  return {
    kind: "user",
    sub: "user-1",
    client: "web",
    roles: ["clerk"],
    groups: ["staff"],
    poolAlias: undefined,
    subjects: ["role:authenticated", "user:user-1", "group:staff"],
    appScopes: [],
    conditionClaims: {},
    expiresAt: 2_000,
    mode: "request",
    permission: "orders:read",
    policyVersion: "0123456789abcdef",
    determining: "policies/test.csv:2",
    ...parts,
  };
}
