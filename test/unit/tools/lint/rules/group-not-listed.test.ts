import { groupNotListed } from "../../../../../src/tools/lint/rules/group-not-listed.ts";
import { found, groupSettings } from "../linting.ts";

describe("group-not-listed", () => {
  it("finds a group that groups.yaml does not list, once, where it is named first", () => {
    const rows = ["g, group:suport, role:r", "p, group:suport, a:read, allow", "g3, *, group:newcomers"];
    expect(found(groupNotListed, rows, undefined, groupSettings("support: {}"))).toEqual([
      "1:4: `group:suport` is not in groups.yaml, so only rows create a group of that name; did you mean `group:support`? Else add `suport:` to groups.yaml",
      "3:8: `group:newcomers` is not in groups.yaml, so only rows create a group of that name; add `newcomers:` to groups.yaml",
    ]);
  });

  it("accepts listed groups, groups of identity providers, and all where nothing is listed", () => {
    const rows = ["g, group:support, role:r", "p, group:eu-west-1_aB3dE_Google, a:read, allow"];
    expect(found(groupNotListed, rows, undefined, groupSettings("support: {}"))).toEqual([]);
    expect(found(groupNotListed, rows, undefined, groupSettings("# nothing"))).toEqual([]);
    expect(found(groupNotListed, rows)).toEqual([]);
  });
});
