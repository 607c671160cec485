import { routeWithoutHolder } from "../../../../../src/tools/lint/rules/route-without-holder.ts";
import { found } from "../linting.ts";

describe("route-without-holder", () => {
  it("finds a route that nobody can call, once a permission", () => {
    expect(
      found(routeWithoutHolder, [
        "g2, DELETE /orders, orders:purge",
        "g2, DELETE /archive, orders:purge",
        "g2, GET /orders, orders:read",
        "p, role:a, ordres:read, allow",
      ]),
    ).toEqual([
      "1:21: no row allows `orders:purge`, so no one can call `DELETE /orders`; write `p, role:NAME, orders:purge, allow`, or delete the row",
      "3:18: no row allows `orders:read`, so no one can call `GET /orders`; did you mean `ordres:read`? Else write `p, role:NAME, orders:read, allow`",
    ]);
  });

  it("ignores denies", () => {
    expect(found(routeWithoutHolder, ["g2, GET /x, x:y", "p, role:a, x:y, deny"])).toHaveLength(1);
  });

  it("finds a second permission that is only a typo", () => {
    expect(
      found(routeWithoutHolder, [
        "g2, GET /x, x:read",
        "g2, GET /x, x:raed",
        "p, role:a, x:read, allow",
        "p, role:off, *, deny",
      ]),
    ).toEqual([
      "2:13: no row allows `x:raed`; did you mean `x:read`? Else write `p, role:NAME, x:raed, allow`",
    ]);
  });

  it("accepts a second permission that is a tag for denies", () => {
    expect(
      found(routeWithoutHolder, [
        "g2, GET /x, x:read",
        "g2, GET /x, sensitive:any",
        "p, role:a, x:read, allow",
        "p, role:contractor, sensitive:*, deny",
      ]),
    ).toEqual([]);
  });

  it("accepts holders through wildcards, with conditions, of any subject, and public routes", () => {
    expect(
      found(routeWithoutHolder, [
        "g2, GET /a, a:read",
        "g2, GET /b/{id}, b:read",
        "g2, GET /c, public",
        "p, role:x, a:*, allow",
        "p, scope:s, b:read, allow, {id}=sub",
      ]),
    ).toEqual([]);
  });
});
