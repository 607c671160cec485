import { join } from "node:path";
import { ListGroupsCommand } from "@aws-sdk/client-cognito-identity-provider";
import { GetFunctionCommand, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { clients } from "../support/emulator/clients.ts";
import { httpApi } from "../support/emulator/gateways.ts";
import { inventory } from "../support/emulator/inventory.ts";
import { claimsOf, createPerson, machineToken, signIn } from "../support/emulator/people.ts";
import { RUN_FOLDER, serverless } from "../support/emulator/rehearsal.ts";
import { type DeployedStack, deployedStack } from "../support/emulator/stack.ts";
import { currentTemplate, differences, withoutPolicyVersions } from "../support/emulator/templates.ts";
import { copyService } from "../support/service-copy.ts";

const STAGE = "life";
const AUDITORS = "g, group:auditors, role:viewer\n";
const KINDS = [
  "stack",
  "function",
  "role",
  "bucket",
  "log group",
  "user pool",
  "identity pool",
  "HTTP API",
  "REST API",
];
const service = copyService(join(RUN_FOLDER, "copy"));

const deploy = async (): Promise<string> => {
  const run = await serverless(["deploy", "--stage", STAGE], service.folder);
  if (run.code !== 0) throw new Error(run.output);
  return run.output;
};

/** When each function was last changed, and the digest of its code. */
const functions = async () => {
  const { Functions = [] } = await clients.lambda().send(new ListFunctionsCommand({}));
  const ours = Functions.map(({ FunctionName = "" }) => FunctionName).filter((name) =>
    name.includes(`-${STAGE}-`),
  );
  const described = ours.map(
    async (FunctionName): Promise<[string, { digest: string; modified: string }]> => {
      const { Configuration } = await clients.lambda().send(new GetFunctionCommand({ FunctionName }));
      const { CodeSha256: digest = "", LastModified: modified = "" } = Configuration ?? {};
      return [FunctionName.replace(`claimgate-${STAGE}-`, ""), { digest, modified }];
    },
  );
  return Object.fromEntries(await Promise.all(described));
};

const groups = async (stack: DeployedStack) => {
  const command = new ListGroupsCommand({ UserPoolId: stack.output("UserPoolId"), Limit: 60 });
  const { Groups = [] } = await clients.userPools().send(command);
  return Groups.map(({ GroupName = "" }) => GroupName).sort();
};

/** The physical id of everything that a deployment must keep. */
const identities = (stack: DeployedStack) =>
  Object.fromEntries(
    stack.resources
      .filter(({ type }) => type !== "AWS::ApiGateway::Deployment")
      .map(({ logicalId }) => [logicalId, stack.physicalId(logicalId)]),
  );

/**
 * What differs in the stack's template from the one before, but for the version of the policy in the functions that
 * hold it.
 */
const changesSince = async (before: Awaited<ReturnType<typeof currentTemplate>>) =>
  differences(withoutPolicyVersions(before), withoutPolicyVersions(await currentTemplate(STAGE)));

const listOrders = async (stack: DeployedStack, token: string) =>
  (await httpApi(stack)("/orders", { token })).status;

beforeAll(async () => {
  await deploy();
  await createPerson(await deployedStack(STAGE), "mia@life.example", ["customers"]);
}, 180_000);

// Each step builds on the ones before it: one stage, from its first deployment to its end.
describe("a stage", () => {
  it("is not touched by a deployment without a change", async () => {
    const before = await functions();
    expect(await deploy()).toContain("No changes to deploy");
    expect(await functions()).toEqual(before);
    expect(Object.keys(before).length).toBeGreaterThanOrEqual(6);
  }, 180_000);

  it("gets new code and its version, and nothing else, for a changed policy, and answers by it", async () => {
    const stack = await deployedStack(STAGE);
    const { access } = await signIn(stack, "mia@life.example");
    expect(await listOrders(stack, access)).toBe(403);
    const [template, code] = [await currentTemplate(STAGE), await functions()];

    service.append("policies/roles.csv", "p, role:customer, orders:list, allow\n");
    await deploy();

    expect(await changesSince(template)).toEqual([]);
    expect(identities(await deployedStack(STAGE))).toEqual(identities(stack));
    const now = await functions();
    const changed = Object.keys(now).filter((name) => now[name]?.digest !== code[name]?.digest);
    // All that decide by the policy; the sample service knows nothing of it.
    expect(Object.keys(now).filter((name) => !changed.includes(name))).toEqual(["orders"]);
    expect(await listOrders(stack, access)).toBe(200);
  }, 180_000);

  it("gets the group that the policy speaks of from now on, and keeps everything else", async () => {
    const stack = await deployedStack(STAGE);
    const before = await groups(stack);
    const template = await currentTemplate(STAGE);
    expect(claimsOf(await machineToken(stack))).not.toHaveProperty("roles");

    service.append("policies/groups.csv", `\n${AUDITORS}g, scope:orders-api/reports.export, role:reporter\n`);
    service.append("policies/groups.yaml", "\nauditors:\n  description: Reads everything\n");
    await deploy();

    expect(await groups(stack)).toEqual([...before, "auditors"].sort());
    expect(await changesSince(template)).toEqual(["AuditorsGroup"]);
    expect(identities(await deployedStack(STAGE))).toMatchObject(identities(stack));
    await createPerson(stack, "noah@life.example", ["auditors"]);
    const { access } = await signIn(stack, "noah@life.example");
    expect(claimsOf(access)).toMatchObject({ "cognito:groups": ["auditors"], roles: ["viewer"] });
    expect(await listOrders(stack, access)).toBe(200);
    // Pre-token-generation is asked for a machine's token as well, which takes its version V3_0.
    expect(claimsOf(await machineToken(stack))).toMatchObject({ roles: ["reporter"] });
  }, 180_000);

  it("keeps a group that the policy no longer names, with its members and without its rights", async () => {
    const stack = await deployedStack(STAGE);
    service.write("policies/groups.csv", service.read("policies/groups.csv").replace(AUDITORS, ""));
    service.write(
      "policies/groups.yaml",
      service.read("policies/groups.yaml").replace(/\nauditors:\n.*\n/, ""),
    );
    await deploy();

    expect(await groups(stack)).toContain("auditors");
    const { access } = await signIn(stack, "noah@life.example");
    expect(claimsOf(access)).toMatchObject({ "cognito:groups": ["auditors"], roles: [] });
    expect(await listOrders(stack, access)).toBe(403);
  }, 180_000);

  it("leaves nothing behind when it is removed", async () => {
    const kinds = new Set((await inventory(STAGE)).map((item) => item.replace(/ \S+$/, "")));
    // Otherwise an empty list would not mean anything.
    for (const kind of KINDS) expect(kinds).toContain(kind);
    const run = await serverless(["remove", "--stage", STAGE], service.folder);
    expect(run).toMatchObject({ code: 0 });
    expect(await inventory(STAGE)).toEqual([]);
  }, 180_000);
});
