import { readTemplate } from "../../../../src/tools/cloudformation/template.ts";
import { UNRESOLVED } from "../../../../src/tools/cloudformation/values.ts";
import type { DeployedResource, Deployment } from "../../../../src/tools/deployment/deployed-stage.ts";
import { createResolve } from "../../../../src/tools/deployment/resolve.ts";

const template = readTemplate({
  Resources: {
    Pool: { Type: "AWS::Cognito::UserPool" },
    Trigger: { Type: "AWS::Lambda::Function" },
    Api: { Type: "AWS::ApiGatewayV2::Api" },
  },
});

function deployed(id: string, physicalId: string): [string, DeployedResource] {
  return [id, { id, type: "", physicalId, status: "CREATE_COMPLETE" }];
}

const deployment: Deployment = {
  where: { partition: "aws", region: "eu-west-1", accountId: "111122223333" },
  stack: {
    name: "claimgate-dev",
    id: "arn:aws:cloudformation:eu-west-1:111122223333:stack/claimgate-dev/1",
    status: "UPDATE_COMPLETE",
    statusReason: undefined,
    outputs: new Map(),
  },
  resources: new Map([
    deployed("Pool", "eu-west-1_abc"),
    deployed("Trigger", "dev-trigger"),
    deployed("Api", ""),
  ]),
  template: { read: false, why: "not asked" },
  userPoolId: "eu-west-1_abc",
  pool: { read: false, why: "not asked" },
  functions: new Map(),
  invokePolicies: new Map(),
  apis: new Map(),
};

describe("what a value of the template is in a deployment", () => {
  const resolve = createResolve(template, deployment);

  it.each<[unknown, unknown]>([
    [{ Ref: "Pool" }, "eu-west-1_abc"],
    [{ "Fn::GetAtt": ["Pool", "Arn"] }, "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_abc"],
    [{ "Fn::GetAtt": ["Pool", "ProviderName"] }, "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc"],
    [{ "Fn::GetAtt": ["Trigger", "Arn"] }, "arn:aws:lambda:eu-west-1:111122223333:function:dev-trigger"],
    [{ "Fn::Sub": "${AWS::StackName}.${AWS::URLSuffix}" }, "claimgate-dev.amazonaws.com"],
    ["${Pool}", "${Pool}"],
    [60, 60],
    [{ a: [{ Ref: "AWS::Partition" }] }, { a: ["aws"] }],
  ])("%j is %j", (value, expected) => {
    expect(resolve(value)).toEqual(expected);
  });

  it.each<[string, unknown]>([
    ["a resource that the stack does not have", { Ref: "Gone" }],
    ["a resource that has no id yet", { Ref: "Api" }],
    ["an attribute that nobody told", { "Fn::GetAtt": ["Pool", "ProviderURL"] }],
    ["a list with a value of another stack", ["a", { "Fn::ImportValue": "x" }]],
  ])("%s cannot be told", (_, value) => {
    expect(resolve(value)).toBe(UNRESOLVED);
  });
});
