import { permissionWithoutRoute } from "../../../../../src/tools/lint/rules/permission-without-route.ts";
import { found } from "../linting.ts";

describe("permission-without-route", () => {
  it("finds names and wildcards that open nothing, allow or deny", () => {
    expect(
      found(permissionWithoutRoute, [
        "g2, GET /orders, orders:read",
        "p, role:a, orders:raed, allow",
        "p, role:a, order:*, deny",
        "p, role:a, invoices:list, allow",
        "p, role:a, *:raed, allow",
      ]),
    ).toEqual([
      "2:12: `orders:raed` has no route, so the row opens nothing; did you mean `orders:read`? Else add the `g2` row of its route",
      "3:12: `order:*` has no route, so the row denies nothing; did you mean `orders:*`? Else add the `g2` row of its route",
      "4:12: `invoices:list` has no route, so the row opens nothing; add the `g2` row of its route, or delete this row",
      "5:12: `*:raed` has no route, so the row opens nothing; did you mean `*:read`? Else add the `g2` row of its route",
    ]);
  });

  it("finds `*` where all routes are public", () => {
    expect(found(permissionWithoutRoute, ["g2, GET /x, public", "p, role:a, *, allow"])).toHaveLength(1);
  });

  it("accepts what opens something", () => {
    expect(
      found(permissionWithoutRoute, [
        "g2, GET /orders, orders:read",
        "p, role:a, orders:read, allow",
        "p, role:a, orders:*, deny",
        "p, role:a, *:read, allow",
        "p, role:a, *, allow",
      ]),
    ).toEqual([]);
  });
});
