import { cedarActions, commonPattern, publicRoutes } from "../../../../../src/tools/export/cedar/actions.ts";
import { policyFrom } from "../../../../support/policy.ts";

describe("actions of Cedar", () => {
  it("are routes in their permissions, and permissions in their wildcards", () => {
    const policy = policyFrom(`g2, GET /orders, orders:list
g2, GET /orders, reports:read
g2, GET /health, public
p, group:a, orders:*, allow
p, group:a, *:read, allow
p, group:a, users:delete, allow`);
    expect(cedarActions(policy)).toEqual([
      { name: "*:read", parents: [] },
      { name: "GET /orders", parents: ["orders:list", "reports:read"] },
      { name: "orders:*", parents: [] },
      { name: "orders:list", parents: ["orders:*"] },
      { name: "orders:read", parents: ["orders:*", "*:read"] },
      { name: "reports:read", parents: ["*:read"] },
      { name: "users:delete", parents: [] },
    ]);
    expect(publicRoutes(policy)).toEqual(["GET /health"]);
  });

  it.each([
    ["orders:read", "orders:read", "orders:read"],
    ["orders:*", "orders:read", "orders:read"],
    ["orders:*", "*:read", "orders:read"],
    ["*", "*", "*"],
    ["*", "orders:*", "orders:*"],
    ["*:read", "*", "*:read"],
    ["orders:*", "reports:*", undefined],
    ["orders:read", "*:list", undefined],
    ["orders:read", "reports:read", undefined],
  ])("of %s and %s are %s", (a, b, common) => {
    expect(commonPattern(a, b)).toBe(common);
    expect(commonPattern(b, a)).toBe(common);
  });
});
