import { inheritanceCycle } from "../../../../../src/tools/lint/rules/inheritance-cycle.ts";
import { found } from "../linting.ts";

describe("inheritance-cycle", () => {
  it("names the circle once, without what only leads into it", () => {
    expect(
      found(inheritanceCycle, [
        "g, group:x, role:c",
        "g, role:entry, role:a",
        "g, role:c, role:a",
        "g, role:b, role:c",
        "g, role:a, role:b",
        "g, role:a, role:exit",
      ]),
    ).toEqual([
      "3:12: roles inherit in a cycle: `role:c` -> `role:a` -> `role:b` -> `role:c`; remove one of the `g` rows: in a cycle every role has the rights of all others",
    ]);
  });

  it("finds a role that inherits itself, and separate circles separately", () => {
    expect(
      found(inheritanceCycle, ["g, role:a, role:a", "g, role:b, role:c", "g, role:c, role:b"]).map((text) =>
        text.slice(0, text.indexOf(";")),
      ),
    ).toEqual([
      "1:12: roles inherit in a cycle: `role:a` -> `role:a`",
      "2:12: roles inherit in a cycle: `role:b` -> `role:c` -> `role:b`",
    ]);
  });

  it("accepts a chain", () => {
    expect(found(inheritanceCycle, ["g, role:authenticated, role:a", "g, role:a, role:b"])).toEqual([]);
  });

  it("accepts two ways to the same role", () => {
    expect(
      found(inheritanceCycle, [
        "g, role:a, role:b",
        "g, role:a, role:c",
        "g, role:b, role:d",
        "g, role:c, role:d",
      ]),
    ).toEqual([]);
  });
});
