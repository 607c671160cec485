import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Resource, readTemplate } from "../../src/tools/cloudformation/template.ts";
import { textWith } from "../../src/tools/cloudformation/values.ts";
import { frameworkCalls } from "../support/framework-calls.ts";
import { allows, statementsOf } from "../support/iam-policy.ts";
import { permissionsOf } from "../support/resource-permissions.ts";
import { runServerless } from "../support/serverless.ts";
import { editedService } from "./packaging.ts";
import { EVERYTHING, VARIANTS } from "./variants.ts";

const text = readFileSync("docs/deployer-policy.json", "utf8");
const statements = statementsOf(text);
/** Whoever revokes need not be whoever deploys. */
const ofRevoker = statementsOf(readFileSync("docs/revoker-policy.json", "utf8")).filter(
  ({ sid }) => sid !== "RevokeStack",
);
const ofFramework = statements.filter(({ sid }) => sid.startsWith("Framework"));
const ofStack = statements.filter(({ sid }) => sid.startsWith("Stack"));

const everything = VARIANTS.find(({ name }) => name === EVERYTHING);
const STAGE = everything?.stage ?? "";
const folder = mkdtempSync(join(tmpdir(), "claimgate-deployer-policy-"));
let packaged: readonly Resource[];

beforeAll(async () => {
  // Warm authorizers have versions and aliases, which only the framework knows of.
  const params = [...(everything?.params ?? []), "provisionedConcurrency=1"].flatMap((param) => [
    "--param",
    param,
  ]);
  const run = await runServerless(
    ["package", "--package", join(folder, "out"), "--stage", STAGE, ...params],
    editedService(join(folder, "service"), everything?.edits ?? []),
  );
  expect(run).toMatchObject({ code: 0 });
  const template = readFileSync(join(folder, "out", "cloudformation-template-update-stack.json"), "utf8");
  packaged = [...readTemplate(JSON.parse(template)).resources.values()];
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The types of a packaged stage, and of everything that a parameter can switch on. */
function typesOfStack(): ReadonlySet<string> {
  const sources = ["resources", join("src", "tools", "stack")].flatMap((directory) =>
    readdirSync(directory, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(?:yml|ts)$/.test(file))
      .map((file) => readFileSync(join(directory, file), "utf8")),
  );
  const written = sources.flatMap((source) => source.match(/AWS::[A-Za-z0-9]+::[A-Za-z0-9]+/g) ?? []);
  return new Set([...packaged.map(({ type }) => type), ...written]);
}

/** The actions of the AWS calls in `claimgate`, which names each beside the call. */
function commandCalls(): readonly string[] {
  const directory = join("src", "tools", "deployment", "aws");
  return readdirSync(directory).flatMap((file) =>
    [
      ...readFileSync(join(directory, file), "utf8").matchAll(/(?:callAws|findInAws)\(\s*"([a-z-]+:\w+)"/g),
    ].map(([, action]) => action ?? ""),
  );
}

describe("the deployer's policy", () => {
  it("allows what CloudFormation does for every type of resource that the stack can have", () => {
    const types = [...typesOfStack()];
    expect(types.length).toBeGreaterThan(20);
    const missing = types.flatMap((type) => {
      const needed = permissionsOf(type);
      if (needed === undefined) return [`${type} is not in test/support/resource-permissions.ts`];
      const granted = ofStack.flatMap(({ actions }) => actions);
      return needed.filter((action) => !granted.includes(action)).map((action) => `${type}: ${action}`);
    });
    expect(missing).toEqual([]);
  });

  it("allows nothing to the stack that no type of resource needs", () => {
    const needed = new Set([...typesOfStack()].flatMap((type) => permissionsOf(type) ?? []));
    const granted = ofStack.flatMap(({ actions }) => actions);
    expect(granted.filter((action) => !needed.has(action))).toEqual([]);
  });

  it("knows every AWS call of the installed framework, and allows those that this service makes", () => {
    const calls = frameworkCalls();
    expect(calls.size).toBeGreaterThan(30);
    expect([...calls].filter((call) => !FRAMEWORK_CALLS.has(call))).toEqual([]);
    const needed = [...FRAMEWORK_CALLS.values()].flat();
    const granted = ofFramework.flatMap(({ actions }) => actions);
    expect(needed.filter((action) => !granted.includes(action))).toEqual([]);
    expect(granted.filter((action) => !needed.includes(action) && !ALONG_WITH.has(action))).toEqual([]);
  });

  it("allows to `claimgate` exactly what its commands call", () => {
    const ofCommands = statements.filter(({ sid }) => /^(?:Doctor|Attach)/.test(sid)).concat(ofRevoker);
    const granted = new Set([...ofFramework, ...ofCommands].flatMap(({ actions }) => actions));
    const called = new Set(commandCalls());
    expect(called.size).toBeGreaterThan(5);
    expect([...called].filter((action) => !granted.has(action))).toEqual([]);
    const theirs = ofCommands.flatMap(({ actions }) => actions);
    expect(theirs.filter((action) => !called.has(action))).toEqual([]);
  });

  it("reaches the resources of a stage by the names that the template gives them", () => {
    const named = packaged.flatMap(({ id, type, properties }) => {
      const pattern = NAMED_RESOURCES[type];
      if (pattern === undefined) return [];
      const given = textWith(properties[pattern.property], ({ id }) => (id === "AWS::Region" ? REGION : id));
      const made = `claimgate-${STAGE}-${id}-1A2B3C`;
      const name = given ?? (type === "AWS::S3::Bucket" ? made.toLowerCase() : made);
      return [{ action: pattern.action, resource: `${pattern.arn}${name}` }];
    });
    expect(new Set(named.map(({ action }) => action)).size).toBeGreaterThan(2);
    expect(named.filter(({ action, resource }) => !allows(ofStack, action, resource))).toEqual([]);
  });

  it("does not reach the resources of another service in the same account", () => {
    for (const { action, arn } of Object.values(NAMED_RESOURCES)) {
      expect(allows(statements, action, `${arn}other-dev`)).toBe(false);
    }
    expect(allows(statements, "s3:GetObject", "arn:aws:s3:::other-files/secret.txt")).toBe(false);
    expect(allows(statements, "cloudformation:DeleteStack", `${CLOUDFORMATION}other-dev/1`)).toBe(false);
    expect(allows(statements, "cloudformation:DeleteStack", `${CLOUDFORMATION}claimgate-dev/1`)).toBe(true);
  });

  it("names each action in full, and every resource where AWS lets it be named", () => {
    const everywhere = statements.filter(({ resources }) => resources.includes("*"));
    expect(statements.flatMap(({ actions }) => actions).filter((action) => action.includes("*"))).toEqual([]);
    expect(everywhere.flatMap(({ actions }) => actions).filter((one) => !NOT_BY_RESOURCE.has(one))).toEqual(
      [],
    );
  });

  it("passes roles of the stack only, and to the services that run them", () => {
    const passing = statements.filter(({ actions }) => actions.includes("iam:PassRole"));
    expect(passing.map(({ actions }) => actions)).toEqual([["iam:PassRole"]]);
    expect(passing.map(({ condition }) => condition)).toEqual([
      {
        StringEqualsIfExists: {
          "iam:PassedToService": [
            "lambda.amazonaws.com",
            "cognito-idp.amazonaws.com",
            "cognito-identity.amazonaws.com",
            "apigateway.amazonaws.com",
          ],
        },
      },
    ]);
    expect(allows(statements, "iam:PassRole", "arn:aws:iam::111122223333:role/Admin")).toBe(false);
  });

  it("fits into an inline policy of a role: 10,240 characters without blanks (IAM quotas)", () => {
    expect(text.replaceAll(/\s/g, "").length).toBeLessThanOrEqual(10_240);
  });
});

const REGION = "us-east-1";
const CLOUDFORMATION = "arn:aws:cloudformation:us-east-1:111122223333:stack/";

/** Where the name of a resource is said, and the ARN in front of it. Without a name CloudFormation makes one. */
const NAMED_RESOURCES: Readonly<Record<string, { property: string; action: string; arn: string }>> = {
  "AWS::Lambda::Function": {
    property: "FunctionName",
    action: "lambda:CreateFunction",
    arn: "arn:aws:lambda:us-east-1:111122223333:function:",
  },
  "AWS::Logs::LogGroup": {
    property: "LogGroupName",
    action: "logs:CreateLogGroup",
    arn: "arn:aws:logs:us-east-1:111122223333:log-group:",
  },
  "AWS::IAM::Role": {
    property: "RoleName",
    action: "iam:CreateRole",
    arn: "arn:aws:iam::111122223333:role/",
  },
  "AWS::IAM::ManagedPolicy": {
    property: "ManagedPolicyName",
    action: "iam:CreatePolicy",
    arn: "arn:aws:iam::111122223333:policy/",
  },
  "AWS::S3::Bucket": { property: "BucketName", action: "s3:CreateBucket", arn: "arn:aws:s3:::" },
  "AWS::CloudWatch::Alarm": {
    property: "AlarmName",
    action: "cloudwatch:PutMetricAlarm",
    arn: "arn:aws:cloudwatch:us-east-1:111122223333:alarm:",
  },
  "AWS::SNS::Topic": {
    property: "TopicName",
    action: "sns:CreateTopic",
    arn: "arn:aws:sns:us-east-1:111122223333:",
  },
};

/** Actions that AWS checks against `*` only (Service Authorization Reference), and one whose resource is AWS's own. */
const NOT_BY_RESOURCE = new Set([
  "cloudformation:ValidateTemplate",
  "cloudfront:UpdateDistribution", // Cognito's distribution for a domain of one's own
  "cognito-identity:CreateIdentityPool",
  "cognito-identity:SetIdentityPoolRoles",
  "cognito-identity:SetPrincipalTagAttributeMap",
  "cognito-idp:CreateUserPool",
  "cognito-idp:DescribeUserPoolDomain",
  "logs:CreateLogDelivery",
  "logs:DeleteLogDelivery",
  "logs:DescribeIndexPolicies",
  "logs:DescribeLogGroups",
  "logs:DescribeResourcePolicies",
  "logs:GetLogDelivery",
  "logs:ListLogDeliveries",
  "logs:PutResourcePolicy",
  "logs:UpdateLogDelivery",
]);

/** Allowed beside a call: tags of the stack, and the end of a broken upload. */
const ALONG_WITH = new Set([
  "cloudformation:TagResource",
  "cloudformation:UntagResource",
  "s3:AbortMultipartUpload",
]);

/**
 * Call of the framework -> the actions that it needs; none where this service never makes it: the setting that it
 * belongs to is not in serverless.yml, or a refusal is tolerated.
 */
const FRAMEWORK_CALLS: ReadonlyMap<string, readonly string[]> = new Map([
  ["api-gateway:CreateStage", []], // only where the stage is not the deployment's
  ["api-gateway:GetApiKey", []],
  ["api-gateway:GetDeployments", ["apigateway:GET"]],
  ["api-gateway:GetRestApis", ["apigateway:GET"]],
  ["api-gateway:GetStage", ["apigateway:GET"]],
  ["api-gateway:GetUsagePlans", []],
  ["api-gateway:TagResource", []],
  ["api-gateway:UntagResource", []],
  ["api-gateway:UpdateStage", []],
  ["api-gateway:UpdateUsagePlan", []],
  ["apigatewayv2:GetApi", []],
  ["cloudformation:CreateChangeSet", ["cloudformation:CreateChangeSet"]],
  ["cloudformation:CreateStack", []], // deploymentMethod: direct
  ["cloudformation:DeleteChangeSet", ["cloudformation:DeleteChangeSet"]],
  ["cloudformation:DeleteStack", ["cloudformation:DeleteStack"]],
  ["cloudformation:DescribeChangeSet", ["cloudformation:DescribeChangeSet"]],
  ["cloudformation:DescribeStackEvents", ["cloudformation:DescribeStackEvents"]],
  ["cloudformation:DescribeStackResource", ["cloudformation:DescribeStackResource"]],
  ["cloudformation:DescribeStackResources", []], // API keys
  ["cloudformation:DescribeStacks", ["cloudformation:DescribeStacks"]],
  ["cloudformation:ExecuteChangeSet", ["cloudformation:ExecuteChangeSet"]],
  ["cloudformation:GetTemplate", ["cloudformation:GetTemplate"]],
  ["cloudformation:ListExports", []],
  ["cloudformation:ListStackResources", ["cloudformation:ListStackResources"]],
  ["cloudformation:SetStackPolicy", []],
  ["cloudformation:UpdateStack", []], // deploymentMethod: direct
  ["cloudformation:ValidateTemplate", ["cloudformation:ValidateTemplate"]],
  ["cloudwatch-logs:DeleteLogGroup", []], // tidying up; a refusal is tolerated
  ["cloudwatch-logs:DeleteSubscriptionFilter", []],
  ["cloudwatch-logs:DescribeSubscriptionFilters", []],
  ["ecr:CreateRepository", []], // container images
  ["ecr:DeleteRepository", []],
  ["ecr:DescribeImages", []],
  ["ecr:DescribeRepositories", []], // `sls remove` takes a refusal for "there is none"
  ["ecr:GetAuthorizationToken", []],
  ["ecr:PutLifecyclePolicy", []],
  ["lambda:GetFunction", ["lambda:GetFunction"]],
  ["lambda:ListVersionsByFunction", []], // `sls deploy list functions`
  ["s3:DeleteObjects", ["s3:DeleteObject"]],
  ["s3:GetObject", ["s3:GetObject"]],
  ["s3:HeadBucket", ["s3:ListBucket"]],
  ["s3:HeadObject", ["s3:GetObject"]],
  ["s3:ListObjectVersions", []], // a bucket with versions
  ["s3:ListObjectsV2", ["s3:ListBucket"]],
  ["s3:Upload", ["s3:PutObject"]], // @aws-sdk/lib-storage
  ["sts:GetCallerIdentity", []], // needs no permission
]);
