import { denyWithoutAllow } from "../../../../../src/tools/lint/rules/deny-without-allow.ts";
import { found } from "../linting.ts";

describe("deny-without-allow", () => {
  it("finds a deny of what nobody is allowed", () => {
    expect(
      found(denyWithoutAllow, [
        "g2, GET /x, x:read",
        "g2, DELETE /x, x:delete",
        "p, role:a, x:read, allow",
        "p, role:b, x:delete, deny",
      ]),
    ).toEqual([
      "4:12: the row has no effect: no row allows a route of `x:delete`; delete it, or check the spelling; everything that no row allows is denied anyway",
    ]);
  });

  it("accepts a deny that an allow of any subject meets, also through another permission of the route", () => {
    expect(
      found(denyWithoutAllow, [
        "g2, GET /x, x:read",
        "g2, GET /x, sensitive:any",
        "g2, GET /z/{id}, z:read",
        "p, role:a, x:read, allow",
        "p, scope:s, z:*, allow, {id}=sub",
        "p, role:b, sensitive:any, deny",
        "p, group:c, z:read, deny, {id}!=sub",
        "p, role:suspended, *, deny",
      ]),
    ).toEqual([]);
  });

  it("leaves a permission without a route to permission-without-route", () => {
    expect(found(denyWithoutAllow, ["p, role:a, x:y, deny"])).toEqual([]);
  });
});
