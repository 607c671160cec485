import { unconditionalPermissions } from "../../../src/policy/granted.ts";
import { policyFrom } from "../../support/policy.ts";

const policy = policyFrom(`
g2, GET /orders, orders:list
g2, GET /orders/{id}, orders:read
g2, DELETE /orders/{id}, orders:delete
g2, GET /health, public
g, group:staff, role:staff
p, role:staff, orders:*, allow
p, role:careful, orders:delete, deny
p, role:owner, orders:read, allow, {id}=sub
p, role:unsure, orders:read, deny, {id}!=sub
p, role:other, closed:open, allow
`);

describe("the permissions that hold whatever the request", () => {
  it("follow roles and wildcards, and name only permissions that open a route", () => {
    expect(unconditionalPermissions(policy, ["group:staff", "role:other"])).toEqual([
      "orders:delete",
      "orders:list",
      "orders:read",
    ]);
  });

  it("leave out what any row denies", () => {
    expect(unconditionalPermissions(policy, ["group:staff", "role:careful"])).toEqual([
      "orders:list",
      "orders:read",
    ]);
  });

  it("leave out what a row denies under a condition", () => {
    expect(unconditionalPermissions(policy, ["group:staff", "role:unsure"])).toEqual([
      "orders:delete",
      "orders:list",
    ]);
  });

  it("leave out what is granted under a condition only", () => {
    expect(unconditionalPermissions(policy, ["role:owner"])).toEqual([]);
  });

  it("leave out what another route of the same permission denies, in any order, and are sorted", () => {
    const two = policyFrom(`
g2, GET /b, shared:read
g2, GET /b, zoo:read
g2, GET /a, shared:read
g2, GET /a, alpha:read
g2, GET /c, middle:read
p, role:a, *, allow
p, role:a, alpha:read, deny
`);
    expect(unconditionalPermissions(two, ["role:a"])).toEqual(["middle:read", "zoo:read"]);
  });
});
