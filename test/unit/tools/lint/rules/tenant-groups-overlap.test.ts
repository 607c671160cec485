import { tenantGroupsOverlap } from "../../../../../src/tools/lint/rules/tenant-groups-overlap.ts";
import { found } from "../linting.ts";

describe("tenant-groups-overlap", () => {
  it("finds two placeholders that one group fits, at the second", () => {
    expect(
      found(tenantGroupsOverlap, [
        "g, group:{tenantId}-admins, role:a",
        "g, group:{tenantId}-super-admins, role:b",
      ]),
    ).toEqual([
      "2:4: `group:{tenantId}-super-admins` and `group:{tenantId}-admins` at test.csv:1 can name one group; end the two names differently, with a `.` before the role, as in `group:{tenantId}.editors`",
    ]);
  });

  it.each([
    ["group:{tenantId}.editors", "group:{orgId}.editors"],
    ["group:{tenantId}", "group:team-{tenantId}"],
    ["group:team-{tenantId}", "group:{tenantId}-editors"],
    ["group:{tenantId}.x.b", "group:t.{tenantId}.b"],
  ])("finds %s and %s", (one, other) => {
    expect(found(tenantGroupsOverlap, [`g, ${one}, role:a`, `g, ${other}, role:b`])).toHaveLength(1);
  });

  it("finds nothing where every group fits at most one", () => {
    expect(
      found(tenantGroupsOverlap, [
        "g, group:{tenantId}.editors, role:a",
        "g, group:{tenantId}.editors, role:b",
        "g, group:{tenantId}.viewers, role:c",
        "g, group:{tenantId}.super.viewers, role:c",
        "g, group:main/{tenantId}.editors, role:d",
        "g, group:acme.editors, role:d",
      ]),
    ).toEqual([]);
  });
});
