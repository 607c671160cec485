import { tenantGroupNamed } from "../../../../../src/tools/lint/rules/tenant-group-named.ts";
import { found } from "../linting.ts";

describe("tenant-group-named", () => {
  it("finds a `p` and a `g` row about the group of one tenant", () => {
    expect(
      found(tenantGroupNamed, [
        "g, group:{tenantId}.editors, role:editor",
        "g, group:acme.editors, role:billing",
        "p, group:acme.editors, invoices:read, allow",
      ]),
    ).toEqual([
      "2:4: `group:acme.editors` is `group:{tenantId}.editors` of the tenant `acme` (test.csv:1); this row counts in every tenant; give the role to `group:{tenantId}.editors`, or rename one of the two",
      "3:4: `group:acme.editors` is `group:{tenantId}.editors` of the tenant `acme` (test.csv:1); this row counts in every tenant; give the role to `group:{tenantId}.editors`, or rename one of the two",
    ]);
  });

  it("accepts other groups, and a new user's group of one tenant", () => {
    expect(
      found(tenantGroupNamed, [
        "g, group:{tenantId}.editors, role:editor",
        "g, group:staff, role:staff",
        "g, group:acme.inc.editors, role:staff",
        "g3, *@acme.example, group:acme.editors",
      ]),
    ).toEqual([]);
  });
});
