import { appRowWithoutEffect } from "../../../../../src/tools/lint/rules/app-row-without-effect.ts";
import { found } from "../linting.ts";

const ROUTES = ["g2, GET /orders, orders:read", "g2, GET /reports, reports:read"];

describe("app-row-without-effect", () => {
  it("finds a permission that only machines hold, or nobody", () => {
    expect(
      found(appRowWithoutEffect, [
        ...ROUTES,
        "p, role:a, orders:read, allow",
        "p, client:worker, reports:read, allow",
        "p3, client:web, reports:*",
      ]),
    ).toEqual([
      "5:17: no row grants `reports:*` to users, so the row covers nothing; grant it by a `p` row, which a `p3` row does not, or delete this row",
    ]);
  });

  it("accepts a permission that a wildcard grants, and a wildcard over one that is granted", () => {
    const grants = ["p, role:a, *:read, allow"];
    expect(found(appRowWithoutEffect, [...ROUTES, ...grants, "p3, client:web, reports:read"])).toEqual([]);
    expect(found(appRowWithoutEffect, [...ROUTES, ...grants, "p3, client:web, *"])).toEqual([]);
  });

  it("leaves a permission without a route to the rule about it", () => {
    expect(found(appRowWithoutEffect, [...ROUTES, "p3, client:web, invoices:read"])).toEqual([]);
  });
});
