import { lookAlikeName } from "../../../../../src/tools/lint/rules/look-alike-name.ts";
import { found } from "../linting.ts";

describe("look-alike-name", () => {
  it("finds names that differ in case; the one used less often is reported, once", () => {
    expect(
      found(lookAlikeName, [
        "p, role:Viewer, orders:read, allow",
        "p, role:Viewer, orders:list, deny",
        "g, group:staff, role:viewer",
        "g, group:support, role:viewer",
        "p, role:viewer, orders:list, allow",
      ]),
    ).toEqual([
      "1:9: `role:Viewer` differs from `role:viewer` only in upper and lower case; use the same spelling, or choose clearly different names",
    ]);
  });

  it("finds `-` for `_`, in clients and resources", () => {
    expect(
      found(lookAlikeName, [
        "g, client:batch-job, role:a",
        "p, client:batch_job, user_orders:list, allow",
        "g2, GET /x, user-orders:list",
      ]),
    ).toEqual([
      "2:11: `client:batch_job` differs from `client:batch-job` only in `-` and `_`; use the same spelling, or choose clearly different names",
      "3:13: `user-orders:list` differs from `user_orders:list` only in `-` and `_`; use the same spelling, or choose clearly different names",
    ]);
  });

  it.each([
    ["Cyrillic", "g, group:\u0430dmins, role:b", "g, group:admins, role:b"],
    ["Greek", "g, group:admin\u03bf, role:b", "g, group:admino, role:b"],
    ["full width", "g, group:\uff41dmins, role:b", "g, group:admins, role:b"],
    ["decomposed", "g3, *, group:Zoe\u0301", "g, group:Zo\u00e9, role:b"],
  ])("finds letters that look alike: %s", (_script, odd, plain) => {
    expect(found(lookAlikeName, [plain, odd]).map((text) => text.slice(0, 2))).toEqual(["2:"]);
  });

  it("compares actions within their resource only", () => {
    expect(found(lookAlikeName, ["p, role:a, x:Read, allow", "p, role:a, x:read, deny"])).toEqual([
      "2:14: `x:read` differs from `x:Read` only in upper and lower case; use the same spelling, or choose clearly different names",
    ]);
    expect(found(lookAlikeName, ["p, role:a, x:Read, allow", "p, role:a, y:read, deny"])).toEqual([]);
  });

  it("keeps kinds of names apart and lets names differ", () => {
    expect(
      found(lookAlikeName, [
        "g, group:admin, role:Admin",
        "g, group:admin2, role:b",
        "g, group:admins, role:b",
        "g, user:AB, role:b",
        "g, user:ab, role:b",
        "p, role:b, orders:*, allow",
        "p, role:b, *, deny",
        "g2, GET /Orders, public",
        "g2, GET /orders, public",
      ]),
    ).toEqual([]);
  });
});
