import { groupSettingsUnused } from "../../../../../src/tools/lint/rules/group-settings-unused.ts";
import { found, groupSettings } from "../linting.ts";

const ROWS = ["g, group:finance, role:r", "p, group:support, a:read, allow", "g3, *, group:customers"];

describe("group-settings-unused", () => {
  it("finds an entry that no row names, and what was meant", () => {
    const settings = groupSettings("finance: {}", "customer: {precedence: 1}", "inspectors: {}");
    expect(found(groupSettingsUnused, ROWS, undefined, settings)).toEqual([
      "2:1: no row names `group:customer`, so the group is not created; did you mean `customers`?",
      "3:1: no row names `group:inspectors`, so the group is not created; remove the entry, or give the group a role in the policy",
    ]);
  });

  it("does not suggest a group that has its entry", () => {
    expect(
      found(groupSettingsUnused, ROWS, undefined, groupSettings("finance: {}", "finanse: {}"))[0],
    ).toContain("; remove the entry");
  });

  it("finds settings of a group that Cognito makes by itself: they would be nowhere", () => {
    const rows = ["p, group:eu-west-1_aB3dE_Google, a:read, allow"];
    const settings = groupSettings("eu-west-1_aB3dE_Google: {}");
    expect(found(groupSettingsUnused, rows, undefined, settings)).toHaveLength(1);
  });

  it("accepts groups that are named as member, as subject or as landing group", () => {
    const settings = groupSettings("finance: {}", "support: {}", "customers: {}");
    expect(found(groupSettingsUnused, ROWS, undefined, settings)).toEqual([]);
    expect(found(groupSettingsUnused, ROWS)).toEqual([]);
  });
});
