import { decide } from "../../src/policy/decide.ts";
import { loadPolicy } from "../../src/policy/load.ts";
import type { Subject } from "../../src/policy/subject.ts";
import { accessHolders } from "../../src/tools/access/access-holders.ts";
import { readPolicyDirectory } from "../../src/tools/machine/policy-files.ts";

// For the policy of examples/multi-tenant, a token is a set of subjects, of which only those that rows name matter, and
// a tenant that is the one of the path, another or missing. So these are all tokens.

const policy = loadPolicy(readPolicyDirectory("examples/multi-tenant/policies"));
const ROUTES = [...policy.routeEntries.keys()];
const KINDS: readonly Subject[] = ["role:authenticated", "role:machine"];
const NAMED = accessHolders(policy)
  .map(({ subject }) => subject)
  .filter((subject) => !KINDS.includes(subject));
const SETS = NAMED.reduce<readonly (readonly Subject[])[]>(
  (sets, subject) => sets.flatMap((set) => [set, [...set, subject]]),
  [[]],
);

/** The number of requests below /tenants/acme that are allowed to tokens of this kind with one of these claims. */
function allowed(kind: Subject, ...tenants: readonly Readonly<Record<string, string>>[]): number {
  const requests = SETS.flatMap((set) =>
    ROUTES.flatMap((route) =>
      tenants.map((claims) => ({
        subjects: [kind, ...set],
        route,
        parameters: { tenantId: "acme" },
        claims,
      })),
    ),
  );
  expect(requests.length).toBeGreaterThan(0);
  return requests.filter((request) => decide(policy, request).effect === "allow").length;
}

const OWN = { tenant_id: "acme" };
const OTHER = { tenant_id: "globex" };

describe("a tenant of examples/multi-tenant", () => {
  it("is compared with tenant_id alone, on each route", () => {
    expect([...NAMED].sort()).toEqual(["group:admins", "group:members", "role:member", "role:tenant-admin"]);
    expect(ROUTES).toHaveLength(5);
    expect([...policy.conditions.keys()].filter(Boolean).sort()).toEqual([
      "{tenantId}!=tenant_id",
      "{tenantId}=tenant_id",
    ]);
  });

  it("is reached by its users", () => {
    expect(allowed("role:authenticated", OWN)).toBeGreaterThan(0);
  });

  it("is reached by no token of another tenant, or of none", () => {
    expect(allowed("role:authenticated", OTHER, {})).toBe(0);
  });

  it("is reached by no machine", () => {
    expect(allowed("role:machine", OWN, OTHER, {})).toBe(0);
  });
});
