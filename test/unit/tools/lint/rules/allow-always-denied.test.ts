import { allowAlwaysDenied } from "../../../../../src/tools/lint/rules/allow-always-denied.ts";
import { found } from "../linting.ts";

describe("allow-always-denied", () => {
  it("finds a deny of the same subject, or of one that is always held with it", () => {
    expect(
      found(allowAlwaysDenied, [
        "p, role:base, orders:*, deny",
        "g, role:admin, role:base",
        "p, role:admin, orders:delete, allow",
        "p, role:base, orders:read, allow, {id}=sub",
        "p, role:authenticated, y:z, deny",
        "p, group:g, y:z, allow",
      ]),
    ).toEqual([
      "3:31: the row never allows: `p, role:base, orders:*, deny` at test.csv:1 always overrides it, since every holder of `role:admin` also holds `role:base`; delete one of the two rows; a deny always overrides an allow",
      "4:28: the row never allows: `p, role:base, orders:*, deny` at test.csv:1 always overrides it; delete one of the two rows; a deny always overrides an allow",
      "6:18: the row never allows: `p, role:authenticated, y:z, deny` at test.csv:5 always overrides it, since every holder of `group:g` also holds `role:authenticated`; delete one of the two rows; a deny always overrides an allow",
    ]);
  });

  it("finds a deny whose condition holds whenever the allow's does", () => {
    expect(
      found(allowAlwaysDenied, [
        "p, role:a, x:y, deny, {a}=sub",
        "p, role:a, x:y, allow, {b}=tenant&{a}=sub",
      ]),
    ).toHaveLength(1);
  });

  it("accepts denies that do not always meet the allow", () => {
    expect(
      found(allowAlwaysDenied, [
        // Only some who hold role:support are trainees.
        "g, role:trainee, role:support",
        "p, role:support, orders:refund, allow",
        "p, role:trainee, orders:refund, deny",
        // A condition, and its opposite.
        "p, role:partner, t:read, allow, {t}=tenant_id",
        "p, role:partner, t:read, deny, {t}!=tenant_id",
        // The deny is narrower.
        "p, role:a, x:*, allow",
        "p, role:a, x:secret, deny",
        // Nobody has to be suspended.
        "p, role:suspended, *, deny",
      ]),
    ).toEqual([]);
  });
});
