import { roleWithoutRights } from "../../../../../src/tools/lint/rules/role-without-rights.ts";
import { found } from "../linting.ts";

describe("role-without-rights", () => {
  it("is reported once, and a role that nobody is given was probably meant", () => {
    expect(
      found(roleWithoutRights, [
        "g, group:a, role:suspendd",
        "g, group:b, role:suspendd",
        "p, role:suspended, *, deny",
        "p, role:suspender, x:y, allow",
        "g, group:c, role:suspender",
      ]),
    ).toEqual(["1:13: `role:suspendd` is assigned but grants nothing; did you mean `role:suspended`?"]);
  });

  it("has no suggestion where nothing is near", () => {
    expect(found(roleWithoutRights, ["g, group:a, role:reporter", "p, role:x, x:y, allow"])).toEqual([
      "1:13: `role:reporter` is assigned but grants nothing; write `p, role:reporter, PERMISSION, allow`, or delete the row",
    ]);
  });

  it("accepts roles that only inherit and roles that only deny", () => {
    expect(
      found(roleWithoutRights, [
        "g, group:a, role:top",
        "g, role:top, role:low",
        "p, role:low, x:y, allow",
        "g, group:b, role:off",
        "p, role:off, *, deny",
      ]),
    ).toEqual([]);
  });
});
