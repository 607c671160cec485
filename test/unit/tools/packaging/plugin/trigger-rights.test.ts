import { objectOf } from "../../../../../src/json.ts";
import type { DeclaredFunction } from "../../../../../src/tools/packaging/plugin/declared-functions.ts";
import type { TriggerName } from "../../../../../src/tools/packaging/plugin/declared-kinds.ts";
import { readSettings } from "../../../../../src/tools/packaging/plugin/settings.ts";
import { triggerRights } from "../../../../../src/tools/packaging/plugin/trigger-rights.ts";

const AT = { file: "serverless.yml", line: 7, column: 3 };
const SETTINGS = readSettings({ claimgate: { userPool: "Pool" } }, () => AT);
const trigger = (door: TriggerName, definition: Record<string, unknown> = {}): DeclaredFunction => ({
  key: door,
  door,
  isTrigger: true,
  generated: true,
  definition,
});
const rights = (functions: readonly DeclaredFunction[], provider = {}, resources = {}) =>
  triggerRights(functions, SETTINGS, { provider, resources });
const properties = (resources: Record<string, unknown>, id: string) =>
  objectOf(objectOf(resources[id])["Properties"]);
const actionsIn = (resources: Record<string, unknown>, id: string) =>
  JSON.stringify(objectOf(properties(resources, id)["PolicyDocument"])["Statement"]);

describe("the rights of the triggers that the plugin declares", () => {
  it("are a role for each, and policies on the pool next to the roles", () => {
    const functions = [trigger("preSignUp"), trigger("postConfirmation"), trigger("preTokenGeneration")];
    const resources = rights(functions);
    expect(Object.keys(resources)).toEqual([
      "PreSignUpRole",
      "PostConfirmationRole",
      "PreTokenGenerationRole",
      "ClaimgateGroupAssignmentPolicy",
      "ClaimgateAccountLookupPolicy",
    ]);
    expect(functions[0]?.definition["role"]).toBe("PreSignUpRole");
    expect(properties(resources, "ClaimgateGroupAssignmentPolicy")["Roles"]).toEqual([
      { Ref: "PostConfirmationRole" },
      { Ref: "PreTokenGenerationRole" },
    ]);
    expect(actionsIn(resources, "ClaimgateAccountLookupPolicy")).not.toContain("AdminLinkProviderForUser");
  });

  it("do not include what a trigger is configured not to do", () => {
    const resources = rights([
      trigger("preSignUp", { environment: { CLAIMGATE_LINK_FEDERATED_USERS: "true" } }),
      trigger("preTokenGeneration", { environment: { CLAIMGATE_HEAL_GROUPS: "false" } }),
    ]);
    expect(actionsIn(resources, "ClaimgateAccountLookupPolicy")).toContain("AdminLinkProviderForUser");
    expect(resources["ClaimgateGroupAssignmentPolicy"]).toBeUndefined();
  });

  it("are left to a service that gives a trigger a role", () => {
    const own = trigger("preSignUp", { role: "MyRole" });
    expect(rights([own])).toEqual({});
    expect(own.definition["role"]).toBe("MyRole");
  });

  it("keep a role of the service with such a name", () => {
    const written = { PreSignUpRole: { Type: "AWS::IAM::Role", Properties: { RoleName: "mine" } } };
    const own = trigger("preSignUp");
    const resources = rights([own], { tracing: { lambda: true } }, written);
    expect(Object.keys(resources)).toEqual(["ClaimgateAccountLookupPolicy"]);
    const ClaimgateAccountLookupPolicy = { Type: "AWS::IAM::Policy", Properties: {} };
    expect(rights([trigger("preSignUp")], {}, { ...written, ClaimgateAccountLookupPolicy })).toEqual({});
    expect(own.definition["role"]).toBe("PreSignUpRole");
  });

  it("follow the service: permissions boundary, VPC, traces", () => {
    const boundary = "arn:aws:iam::111122223333:policy/boundary";
    const resources = rights([trigger("preSignUp")], {
      iam: { role: { permissionsBoundary: boundary } },
      vpc: { subnetIds: ["subnet-1"] },
      tracing: { lambda: true },
    });
    expect(properties(resources, "PreSignUpRole")).toMatchObject({
      PermissionsBoundary: boundary,
      ManagedPolicyArns: [
        { "Fn::Sub": expect.stringContaining("AWSLambdaVPCAccessExecutionRole") as string },
      ],
    });
    expect(JSON.stringify(resources["PreSignUpRole"])).toContain("xray:PutTraceSegments");
    expect(
      rights([trigger("preSignUp", { vpc: { subnetIds: ["subnet-1"] } })])["PreSignUpRole"],
    ).toMatchObject({
      Properties: { ManagedPolicyArns: [expect.anything()] },
    });
  });
});
