import { allowEverything } from "../../../../../src/tools/lint/rules/allow-everything.ts";
import { found } from "../linting.ts";

describe("allow-everything", () => {
  it("finds an unconditional allow on `*`", () => {
    expect(found(allowEverything, ["p, role:root, *, allow"])).toEqual([
      "1:15: `role:root` may call every current and future route with a permission; list the permissions or resources, as in `orders:*`",
    ]);
  });

  it("accepts a deny, a condition and a narrower wildcard", () => {
    expect(
      found(allowEverything, [
        "p, role:a, *, deny",
        "p, role:a, *, allow, {id}=sub",
        "p, role:a, orders:*, allow",
      ]),
    ).toEqual([]);
  });
});
