import { join } from "node:path";
import { UpdateAuthorizerCommand as UpdateRestAuthorizerCommand } from "@aws-sdk/client-api-gateway";
import {
  CreateRouteCommand,
  UpdateAuthorizerCommand,
  UpdateRouteCommand,
} from "@aws-sdk/client-apigatewayv2";
import {
  CreateGroupCommand,
  CreateResourceServerCommand,
  DeleteGroupCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  RemovePermissionCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import type { DoctorJson } from "../../src/tools/cli/doctor/doctor-contract.ts";
import { claimgate } from "../support/emulator/claimgate.ts";
import { clients } from "../support/emulator/clients.ts";
import { RUN_FOLDER, serverless } from "../support/emulator/rehearsal.ts";
import { type DeployedStack, deployedStack } from "../support/emulator/stack.ts";
import { copyService } from "../support/service-copy.ts";

// A stage of its own, so that what is broken here is not missed by others.
const STAGE = "checkup";
const service = copyService(join(RUN_FOLDER, "checkup"));
const PACKAGE = join(RUN_FOLDER, "checkup-package");

/** Runs doctor; `--package` compares with what was packaged before, which saves packaging again. */
const doctor = async (...args: string[]): Promise<{ code: number; report: DoctorJson }> => {
  const run = await claimgate(["doctor", "--stage", STAGE, "--format", "json", ...args], service.folder);
  if (!run.stdout.startsWith("{")) throw new Error(run.stderr);
  return { code: run.code, report: JSON.parse(run.stdout) as DoctorJson };
};

/** What is not as it should be, as `status name subject`. */
const complaints = ({ checks }: DoctorJson) =>
  checks
    .filter(({ status }) => status === "warn" || status === "fail")
    .map(({ status, name, subject }) => `${status} ${name} ${subject}`.trim())
    .sort();

/** What ministack 1.5.33 does not keep of the template; on AWS there is nothing of it. */
const GAPS = ["fail client-setting WebClient", "warn stack-outdated"];

let stack: DeployedStack;

beforeAll(async () => {
  for (const args of [["package", "--package", PACKAGE], ["deploy"]]) {
    const run = await serverless([...args, "--stage", STAGE], service.folder);
    if (run.code !== 0) throw new Error(run.output);
  }
  stack = await deployedStack(STAGE);
}, 180_000);

afterAll(async () => {
  const run = await serverless(["remove", "--stage", STAGE], service.folder);
  if (run.code !== 0) throw new Error(run.output);
}, 120_000);

describe("a stage that has just been deployed", () => {
  let code: number;
  let report: DoctorJson;

  beforeAll(async () => {
    ({ code, report } = await doctor());
  }, 180_000);

  it("is what this checkout says, but for what the emulator does not keep", () => {
    expect(complaints(report)).toEqual(GAPS);
    expect(report.checks.find(({ name }) => name === "stack-outdated")?.found).toEqual([
      "added WebClientBranding",
    ]);
    expect(code).toBe(2);
    expect(report).toMatchObject({
      stage: STAGE,
      stack: `claimgate-${STAGE}`,
      userPoolId: stack.output("UserPoolId"),
      notCompared: null,
    });
    // ministack 1.5.33 does not know ListUserPoolReplicas.
    const skipped = report.checks.filter(({ status }) => status === "skipped").map(({ name }) => name);
    expect(new Set(skipped)).toEqual(new Set(["replica-missing"]));
  });

  it.each([
    ["pool-tier", ""],
    ["pool-attribute-missing", ""],
    ["trigger-detached", ""],
    ["trigger-version", ""],
    ["missing-permission", "the pool may invoke it"],
    ["missing-permission", "the API may invoke its function"],
    ["group-not-created", ""],
    ["client-missing", "the authorizers accept tokens of"],
    ["client-setting", "ExplicitAuthFlows"],
    ["client-setting", "AllowedOAuthFlows"],
    ["client-setting", "AccessTokenValidity"],
    ["client-setting", "GenerateSecret"],
    ["client-setting", "CallbackURLs"],
    ["client-writes", ""],
    ["directory-attribute-writable", ""],
    ["cache-reuses-answers", "AuthorizerResultTtlInSeconds"],
    ["cache-reuses-answers", "IdentitySource"],
    ["authorizer-setting", "AuthorizerPayloadFormatVersion"],
    ["authorizer-setting", "EnableSimpleResponses"],
    ["route-without-authorizer", ""],
    ["function-outdated", ""],
    ["function-policy", ""],
    ["function-setting", "its environment"],
    ["issuer-not-accepted", ""],
    ["audience-unchecked", ""],
    ["directory-attribute-unmapped", "the pool has no such identity provider"],
  ])("has its %s looked at: %s", (id, part) => {
    const good = report.checks.filter(({ name, status }) => name === id && status === "ok");
    expect(good.map(({ message }) => message)).toContainEqual(expect.stringContaining(part));
  });

  it("has the same findings for programs, with the same ids", () => {
    expect(report.findings.map(({ rule }) => rule).sort()).toEqual(["client-setting", "stack-outdated"]);
  });
});

describe("a stage that was changed by hand", () => {
  let report: DoctorJson;

  beforeAll(async () => {
    await breakPool(stack);
    await breakClient(stack);
    await breakApis(stack);
    await breakFunctions(stack);
    ({ report } = await doctor("--package", PACKAGE));
  }, 120_000);

  it("has every change found, each by its name and place", () => {
    expect(complaints(report)).toEqual(
      [
        ...GAPS,
        "fail pool-setting Policies",
        "warn audience-unchecked HttpAuthorizerLambdaFunction",
        "warn audience-unchecked RestAuthorizerLambdaFunction",
        "fail trigger-detached PreSignUp",
        "fail trigger-version PreTokenGeneration",
        "warn trigger-foreign UserMigration",
        "fail missing-permission PostConfirmation",
        "fail group-not-created trainees",
        "warn group-never-named visitors",
        "fail client-setting WebClient",
        "fail client-setting WebClient",
        "fail client-setting WebClient",
        "fail client-setting WebClient",
        "fail client-writes web",
        "fail cache-reuses-answers HttpApiAuthorizerClaimgate",
        "fail cache-reuses-answers RestAuthorizerApiGatewayAuthorizer",
        "fail route-without-authorizer http GET /orders",
        "fail route-without-authorizer HttpApi GET /secret",
        "fail function-setting HttpAuthorizerLambdaFunction",
      ].sort(),
    );
  });

  it.each<[string, Partial<DoctorJson["checks"][number]>]>([
    ["trigger-version", { found: "V1_0", expected: "V3_0" }],
    ["client-setting", { found: "1 d", expected: "15 min" }],
    ["route-without-authorizer", { found: "NONE" }],
  ])("shows what was found and what was expected: %s", (name, shown) => {
    const failed = report.checks.filter((check) => check.name === name && check.status === "fail");
    expect(failed).toContainEqual(expect.objectContaining(shown));
  });

  it("names the variable that was changed, and does not show its value", () => {
    const found = report.checks.find(({ name, status }) => name === "function-setting" && status === "fail");
    expect(found?.message).toContain("CLAIMGATE_LOG_INPUTS");
    expect(JSON.stringify(report)).not.toContain("changed-by-hand");
  });
});

describe("a stage whose policy was edited since", () => {
  it("decides by another policy, and the two versions are told", async () => {
    service.append("policies/roles.csv", "p, role:customer, orders:list, allow\n");
    const { report } = await doctor();
    const differs = report.checks.filter(
      ({ name, status }) => name === "function-policy" && status === "fail",
    );
    expect(differs.map(({ subject }) => subject).sort()).toEqual([
      "HttpAuthorizerLambdaFunction",
      "PostConfirmationLambdaFunction",
      "PreSignUpLambdaFunction",
      "PreTokenGenerationLambdaFunction",
      "RestAuthorizerLambdaFunction",
    ]);
    for (const { found, expected } of differs) {
      expect(found).toMatch(/^[0-9a-f]{16}$/);
      expect(expected).toMatch(/^[0-9a-f]{16}$/);
      expect(found).not.toBe(expected);
    }
  }, 180_000);
});

async function breakPool(deployed: DeployedStack): Promise<void> {
  const UserPoolId = deployed.output("UserPoolId");
  const pool = clients.userPools();
  const { UserPool } = await pool.send(new DescribeUserPoolCommand({ UserPoolId }));
  const { PreTokenGenerationConfig, ...triggers } = UserPool?.LambdaConfig ?? {};
  const LambdaConfig = {
    ...triggers,
    PreSignUp: triggers.PostConfirmation,
    UserMigration: triggers.PostConfirmation,
    // As pools stay that had the legacy trigger.
    PreTokenGeneration: PreTokenGenerationConfig?.LambdaArn,
  };
  const Policies = { PasswordPolicy: { ...UserPool?.Policies?.PasswordPolicy, MinimumLength: 6 } };
  await pool.send(new UpdateUserPoolCommand({ UserPoolId, LambdaConfig, Policies }));
  await pool.send(new DeleteGroupCommand({ UserPoolId, GroupName: "trainees" }));
  await pool.send(new CreateGroupCommand({ UserPoolId, GroupName: "visitors" }));
  const api = { Identifier: "https://orders.example.com/", Name: "orders" };
  await pool.send(new CreateResourceServerCommand({ UserPoolId, ...api }));
}

async function breakClient(deployed: DeployedStack): Promise<void> {
  const names = { UserPoolId: deployed.output("UserPoolId"), ClientId: deployed.output("WebClientId") };
  const pool = clients.userPools();
  const { UserPoolClient } = await pool.send(new DescribeUserPoolClientCommand(names));
  await pool.send(
    new UpdateUserPoolClientCommand({
      ...UserPoolClient,
      ...names,
      AllowedOAuthFlows: ["code", "implicit"],
      CallbackURLs: ["https://elsewhere.example/callback"],
      AccessTokenValidity: 1,
      TokenValidityUnits: { ...UserPoolClient?.TokenValidityUnits, AccessToken: "days" },
      WriteAttributes: ["email", "name", "custom:claimgate_assigned"],
    }),
  );
}

async function breakApis(deployed: DeployedStack): Promise<void> {
  const ApiId = deployed.physicalId("HttpApi");
  const http = clients.httpApis();
  const AuthorizerId = deployed.physicalId("HttpApiAuthorizerClaimgate");
  await http.send(new UpdateAuthorizerCommand({ ApiId, AuthorizerId, AuthorizerResultTtlInSeconds: 300 }));
  const RouteId = deployed.physicalId("HttpApiRouteGetOrders").split("/").at(-1);
  await http.send(new UpdateRouteCommand({ ApiId, RouteId, AuthorizationType: "NONE", AuthorizerId: "" }));
  await http.send(new CreateRouteCommand({ ApiId, RouteKey: "GET /secret" }));
  await clients.restApis().send(
    new UpdateRestAuthorizerCommand({
      restApiId: deployed.physicalId("ApiGatewayRestApi"),
      authorizerId: deployed.physicalId("RestAuthorizerApiGatewayAuthorizer"),
      patchOperations: [{ op: "replace", path: "/authorizerResultTtlInSeconds", value: "300" }],
    }),
  );
}

async function breakFunctions(deployed: DeployedStack): Promise<void> {
  const lambda = clients.lambda();
  const FunctionName = deployed.physicalId("PostConfirmationLambdaFunction");
  const { Policy = "{}" } = await lambda.send(new GetPolicyCommand({ FunctionName }));
  const { Statement } = JSON.parse(Policy) as { Statement: { Sid: string }[] };
  for (const { Sid } of Statement) {
    await lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: Sid }));
  }
  const authorizer = { FunctionName: deployed.physicalId("HttpAuthorizerLambdaFunction") };
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand(authorizer));
  const Variables = { ...Environment?.Variables, CLAIMGATE_LOG_INPUTS: "changed-by-hand" };
  await lambda.send(new UpdateFunctionConfigurationCommand({ ...authorizer, Environment: { Variables } }));
}
