import { landingGroupWithoutRights } from "../../../../../src/tools/lint/rules/landing-group-without-rights.ts";
import { found } from "../linting.ts";

describe("landing-group-without-rights", () => {
  it("finds a group that nothing speaks of, once", () => {
    expect(
      found(landingGroupWithoutRights, [
        "g3, *@example.com, group:costumers",
        "g3, *@example.org, group:costumers",
        "g3, *@partner.example, group:visitors",
        "g, group:customers, role:customer",
      ]),
    ).toEqual([
      "1:20: new users land in `group:costumers`, which has no role and no permission; did you mean `group:customers`?",
      "3:24: new users land in `group:visitors`, which has no role and no permission; give it a role: `g, group:visitors, role:NAME`",
    ]);
  });

  it("accepts groups that have a role or a permission", () => {
    expect(
      found(landingGroupWithoutRights, [
        "g3, *, group:a",
        "g3, *, group:b",
        "g, group:a, role:x",
        "p, group:b, x:y, deny",
      ]),
    ).toEqual([]);
  });
});
