import { foundBy, lambda, resource } from "../checking.ts";

const found = (template: Record<string, unknown>) => foundBy("secure-reference", template);
const secure = "{{resolve:ssm-secure:/secret:1}}";

describe("secure-reference", () => {
  it("finds one in a function, in an output, and put together by Fn::Sub and Fn::Join", () => {
    const variables = {
      PLAIN: secure,
      SUB: { "Fn::Sub": "{{resolve:ssm-secure:/${AWS::StackName}:1}}" },
      JOIN: { "Fn::Join": ["", ["{{resolve:ssm-secure:/", { Ref: "AWS::StackName" }, "}}"]] },
    };
    const template = {
      Resources: { F: lambda({ Environment: { Variables: variables } }) },
      Outputs: { O: { Value: secure } },
    };
    expect(found(template).map((line) => line.split(":")[0])).toEqual([
      "F.Environment.Variables.PLAIN",
      "F.Environment.Variables.SUB",
      "F.Environment.Variables.JOIN",
      "O.Value",
    ]);
  });

  it("lets it pass where CloudFormation resolves it, and other references everywhere", () => {
    expect(found({ D: resource("RDS::DBInstance", { MasterUserPassword: secure }) })).toEqual([]);
    expect(found({ F: lambda({ Description: "{{resolve:ssm:/plain}}" }) })).toEqual([]);
  });
});
