import { WITHOUT_RESOURCE } from "../../../../../src/tools/template-checks/checks/iam-breadth.ts";
import { arn, foundBy, resource } from "../checking.ts";

const found = (template: Record<string, unknown>) => foundBy("iam-breadth", template);
const allow = (statement: Record<string, unknown>) => ({
  Effect: "Allow",
  Action: "cognito-idp:AdminGetUser",
  Resource: arn("Pool"),
  ...statement,
});
const policy = (...statements: unknown[]) => ({
  P: resource("IAM::Policy", { PolicyDocument: { Statement: statements } }),
});
const broad = (statement: Record<string, unknown>) => found(policy(allow(statement)));

describe("iam-breadth", () => {
  it("lets one action on one resource pass, in a list or alone", () => {
    expect(broad({})).toEqual([]);
    expect(found({ P: resource("IAM::Policy", { PolicyDocument: { Statement: allow({}) } }) })).toEqual([]);
  });

  it.each([
    "*",
    "arn:aws:cognito-idp:us-east-1:111122223333:userpool/*",
    "arn:aws:logs:us-east-1:111122223333:*",
    "arn:aws:logs:us-east-1:111122223333:log-group:*",
    "arn:aws:s3:::*",
    "arn:aws:s3:::*/*",
    { "Fn::Sub": "arn:${AWS::Partition}:cognito-idp:${AWS::Region}:${AWS::AccountId}:userpool/*" },
  ])("finds %j", (everything) => {
    expect(broad({ Resource: [arn("Pool"), everything] })).toHaveLength(1);
  });

  it.each([
    "arn:aws:s3:::bucket/*",
    { "Fn::Sub": "${Bucket.Arn}/users/${!cognito-identity.amazonaws.com:sub}/*" },
    {
      "Fn::Sub":
        "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/claimgate-dev*:*",
    },
    "arn:aws:cognito-idp:us-east-1:111122223333:userpool/us-east-1_EXAMPLE",
  ])("lets %j pass", (some) => {
    expect(broad({ Resource: some })).toEqual([]);
  });

  it("finds every wildcard action, in roles and managed policies too", () => {
    expect(broad({ Action: ["cognito-idp:AdminGetUser", "cognito-idp:List*"] })).toEqual([
      "P.PolicyDocument.Statement.0.Action: allows `cognito-idp:List*`",
    ]);
    const statement = allow({ Action: "*" });
    expect(
      found({ R: resource("IAM::Role", { Policies: [{ PolicyDocument: { Statement: [statement] } }] }) }),
    ).toEqual(["R.Policies.0.PolicyDocument.Statement.0.Action: allows `*`"]);
    expect(
      found({ M: resource("IAM::ManagedPolicy", { PolicyDocument: { Statement: [statement] } }) }),
    ).toHaveLength(1);
  });

  it("finds what is allowed by not being named", () => {
    expect(broad({ Action: undefined, NotAction: "iam:*" })).toHaveLength(1);
    expect(broad({ Resource: undefined, NotResource: arn("Pool") })).toHaveLength(1);
  });

  it("lets a statement that denies be as wide as it likes", () => {
    expect(broad({ Effect: "Deny", Action: "*", Resource: "*" })).toEqual([]);
  });

  it("finds a role passed at large, and lets one passed to a named service be", () => {
    expect(broad({ Action: "iam:PassRole" })).toHaveLength(1);
    const condition = { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } };
    expect(broad({ Action: "iam:PassRole", Condition: condition })).toEqual([]);
  });

  it("lets actions that AWS cannot limit have every resource, and no other actions; each has its reason", () => {
    const actions = [...WITHOUT_RESOURCE.keys()];
    expect(broad({ Action: actions, Resource: "*" })).toEqual([]);
    expect(broad({ Action: [...actions, "s3:GetObject"], Resource: "*" })).toEqual([
      "P.PolicyDocument.Statement.0.Resource: allows s3:GetObject on `*`",
    ]);
    for (const reason of WITHOUT_RESOURCE.values()) expect(reason).toMatch(/\w+ \w+/);
  });

  it("finds a role that anyone may assume, and full access by a managed policy", () => {
    const trust = (principal: unknown) => ({
      R: resource("IAM::Role", {
        AssumeRolePolicyDocument: {
          Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }],
        },
      }),
    });
    expect(found(trust("*"))).toHaveLength(1);
    expect(found(trust({ AWS: "*" }))).toHaveLength(1);
    expect(found(trust({ Service: "lambda.amazonaws.com" }))).toEqual([]);
    const managed = (name: string) => ({
      R: resource("IAM::Role", { ManagedPolicyArns: [`arn:aws:iam::aws:policy/${name}`] }),
    });
    expect(found(managed("AdministratorAccess"))).toHaveLength(1);
    expect(found(managed("service-role/AWSLambdaBasicExecutionRole"))).toEqual([]);
  });
});
