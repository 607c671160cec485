import { groupRoleUnknown } from "../../../../../../src/tools/lint/rules/service/group-role-unknown.ts";
import { groupSettings } from "../../linting.ts";
import { found } from "./support.ts";

const identityPool = { roles: ["FinanceRole"], principalTags: [], rules: [] };

describe("group-role-unknown", () => {
  it("finds a logical name that no role of the stack has", () => {
    const settings = groupSettings("a: {iamRole: FinaceRole}", "b: {iamRole: Else}");
    expect(found(groupRoleUnknown, "", { identityPool }, settings)).toEqual([
      "groups.yaml:1:14: serverless.yml has no IAM role with the logical name `FinaceRole`; did you mean `FinanceRole`?",
      "groups.yaml:2:14: serverless.yml has no IAM role with the logical name `Else`; add an `AWS::IAM::Role`, or write an ARN",
    ]);
  });

  it("accepts roles of the stack, ARNs, generated roles, and all on a stage without an identity pool", () => {
    const settings = groupSettings(
      "a: {iamRole: FinanceRole}",
      'b: {iamRole: "arn:aws:iam::111122223333:role/x"}',
      "c: {iamRole: {generate: {}}}",
    );
    expect(found(groupRoleUnknown, "", { identityPool }, settings)).toEqual([]);
    expect(found(groupRoleUnknown, "", {}, groupSettings("a: {iamRole: Else}"))).toEqual([]);
  });
});
