import { groupNotCreated } from "../../../../../../src/tools/lint/rules/service/group-not-created.ts";
import { atLine, found } from "./support.ts";

const GROUPS = [
  { name: "support", at: atLine(3) },
  { name: "finance", at: atLine(5) },
];

describe("group-not-created", () => {
  it("finds groups that nobody creates, wherever a row names one", () => {
    const csv = [
      "p, group:suport, a:read, allow",
      "g, group:Finance, role:r",
      "g3, *@example.com, group:elsewhere",
    ].join("\n");
    expect(found(groupNotCreated, csv, { groups: GROUPS }).sort()).toEqual([
      "policies/test.csv:1:4: serverless.yml does not create the group `suport`; did you mean `group:support`?",
      "policies/test.csv:2:4: serverless.yml does not create the group `Finance`; did you mean `group:finance`?",
      "policies/test.csv:3:20: serverless.yml does not create the group `elsewhere`; add an " +
        "`AWS::Cognito::UserPoolGroup`, or let packaging create the groups of the policy (docs/groups.md)",
    ]);
  });

  it("accepts created groups, and those that Cognito makes for an identity provider", () => {
    const csv = "g, group:support, role:r\np, group:eu-west-1_aB3dE_Google, a:read, allow";
    expect(found(groupNotCreated, csv, { groups: GROUPS })).toEqual([]);
  });

  it("says nothing where the groups are not known", () => {
    expect(found(groupNotCreated, "g, group:x, role:r", { groups: undefined })).toEqual([]);
  });

  it("knows the groups of the own pool by their prefix, and asks nothing of other pools", () => {
    const csv = [
      "p, group:main/support, a:read, allow",
      "p, group:main/nobody, a:read, allow",
      "p, group:legacy/anything, a:read, allow",
      "p, group:main/eu-west-1_aB3dE_Google, a:read, allow",
      "p, group:other/thing, a:read, allow",
    ].join("\n");
    const service = { groups: GROUPS, poolAliases: ["main", "legacy"] };
    expect(found(groupNotCreated, csv, service).sort()).toEqual([
      "policies/test.csv:2:4: serverless.yml does not create the group `nobody`; add an " +
        "`AWS::Cognito::UserPoolGroup`, or let packaging create the groups of the policy (docs/groups.md)",
    ]);
  });
});
