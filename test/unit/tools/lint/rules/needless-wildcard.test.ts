import { needlessWildcard } from "../../../../../src/tools/lint/rules/needless-wildcard.ts";
import { found } from "../linting.ts";

describe("needless-wildcard", () => {
  it("finds an allow whose wildcard covers one permission", () => {
    expect(
      found(needlessWildcard, [
        "g2, GET /x, x:read",
        "g2, HEAD /x, x:read",
        "p, role:a, x:*, allow",
        "p, role:a, *, allow",
        "p, role:a, *:read, allow",
      ]),
    ).toEqual([
      "3:12: `x:*` covers only `x:read` today but will also allow permissions added later; write `x:read`",
      "4:12: `*` covers only `x:read` today but will also allow permissions added later; write `x:read`",
      "5:12: `*:read` covers only `x:read` today but will also allow permissions added later; write `x:read`",
    ]);
  });

  it("accepts wildcards over several permissions, and every deny", () => {
    expect(
      found(needlessWildcard, [
        "g2, GET /x, x:read",
        "g2, PUT /x, x:write",
        "g2, GET /y, y:read",
        "p, role:a, x:*, allow",
        "p, role:b, y:*, deny",
        "p, role:b, *:read, allow",
        "p, role:b, z:*, allow",
      ]),
    ).toEqual([]);
  });
});
