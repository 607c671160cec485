import { roleNeverGiven } from "../../../../../src/tools/lint/rules/role-never-given.ts";
import { found } from "../linting.ts";

describe("role-never-given", () => {
  it("is reported once, and the role that is given without rights was probably meant", () => {
    expect(
      found(roleNeverGiven, [
        "p, role:viwer, x:y, allow",
        "p, role:viwer, x:z, allow",
        "g, group:a, role:viewer",
        "g, group:a, role:view",
        "p, role:view, x:y, allow",
      ]),
    ).toEqual([
      "1:4: `role:viwer` is never assigned, so its rows have no effect; did you mean `role:viewer`? Else assign it, as in `g, group:NAME, role:viwer`",
    ]);
  });

  it("finds a role that only inherits", () => {
    expect(
      found(roleNeverGiven, ["g, role:administrator, role:b", "p, role:b, x:y, allow", "g, group:x, role:b"]),
    ).toEqual([
      "1:4: `role:administrator` is never assigned, so its rows have no effect; assign it, as in `g, group:NAME, role:administrator`, or delete its rows",
    ]);
  });

  it("reports the role at the end of the chain only", () => {
    expect(
      found(roleNeverGiven, [
        "g, role:top, role:middle",
        "g, role:middle, role:low",
        "p, role:low, x:y, allow",
      ]),
    ).toHaveLength(1);
  });

  it("accepts roles that are given or built in, and members that are not roles", () => {
    expect(
      found(roleNeverGiven, [
        "p, role:authenticated, x:y, allow",
        "g, role:machine, role:b",
        "p, role:b, x:y, allow",
        "p, group:a, x:y, allow",
        "p, user:u, x:y, allow",
        "p, client:c, x:y, allow",
        "p, scope:s, x:y, allow",
      ]),
    ).toEqual([]);
  });
});
