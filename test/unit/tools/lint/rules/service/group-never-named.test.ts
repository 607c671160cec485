import { groupNeverNamed } from "../../../../../../src/tools/lint/rules/service/group-never-named.ts";
import { atLine, found } from "./support.ts";

const GROUPS = [
  { name: "support", at: atLine(3) },
  { name: "finance", at: atLine(5) },
];

describe("group-never-named", () => {
  it("finds a created group that no row names", () => {
    expect(found(groupNeverNamed, "g, group:support, role:r", { groups: GROUPS })).toEqual([
      "serverless.yml:5:1: the policy never names the group `finance`, so it grants nothing; add " +
        "`g, group:finance, role:ROLE` to the policy, or remove the group",
    ]);
  });

  it("accepts groups that are named as member, as subject or as landing group", () => {
    const csv = "p, group:support, a:read, allow\ng3, *@example.com, group:finance";
    expect(found(groupNeverNamed, csv, { groups: GROUPS })).toEqual([]);
    expect(found(groupNeverNamed, "", { groups: undefined })).toEqual([]);
  });
});
