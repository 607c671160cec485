import {
  DescribeIdentityPoolCommand,
  GetCredentialsForIdentityCommand,
  GetIdCommand,
  GetIdentityPoolRolesCommand,
} from "@aws-sdk/client-cognito-identity";
import { AdminGetUserCommand, DescribeUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import { ACCOUNT } from "../support/emulator/account.ts";
import { clients } from "../support/emulator/clients.ts";
import { httpApi, restApi } from "../support/emulator/gateways.ts";
import { inventory } from "../support/emulator/inventory.ts";
import { createPerson, signIn } from "../support/emulator/people.ts";
import { rehearsal, serverless } from "../support/emulator/rehearsal.ts";
import { signedFetch } from "../support/emulator/signed-fetch.ts";
import { type DeployedStack, deployedStack } from "../support/emulator/stack.ts";

// Stage prod, with every switch of it that the emulator can carry.
const STAGE = "prod";
const PARAMETERS = [
  "guestAccess=true",
  "roleMapping=rules",
  "sharedAuthorizers=true",
  "restTokenAuthorizer=true",
  "httpV1Authorizer=true",
  "httpPolicyAuthorizer=true",
  "appSyncAuthorizer=true",
  "revocation=true",
  "tokenMemo=100",
  "restAccessLogs=create",
  "tracing=true",
  "alarmEmail=ops@example.com",
  "scopePrefix=orders-api/",
].flatMap((parameter) => ["--param", parameter]);

let stack: DeployedStack;
let UserPoolId: string;

beforeAll(async () => {
  const run = await serverless(["deploy", "--stage", STAGE, ...PARAMETERS]);
  if (run.code !== 0) throw new Error(run.output);
  stack = await deployedStack(STAGE);
  UserPoolId = stack.output("UserPoolId");
  await createPerson(stack, "vera@prod.example", ["support"]);
}, 180_000);

describe("a stage with its options switched on", () => {
  it("protects its users, and reports what is wrong with it", async () => {
    const { UserPool } = await clients.userPools().send(new DescribeUserPoolCommand({ UserPoolId }));
    expect(UserPool?.DeletionProtection).toBe("ACTIVE");
    const there = await inventory(STAGE);
    expect(there.filter((item) => item.startsWith("alarm ")).length).toBeGreaterThanOrEqual(8);
    expect(stack.resources).toContainEqual({ logicalId: "AlarmTopic", type: "AWS::SNS::Topic" });
  });

  it("allows and denies on both gateways", async () => {
    const { access: token } = await signIn(stack, "vera@prod.example");
    for (const api of [httpApi(stack), restApi(stack, STAGE)]) {
      expect((await api("/orders/order-1", { token })).status).toBe(200);
      expect((await api("/orders/order-1")).status).toBe(401);
    }
    expect((await httpApi(stack)("/orders/order-1", { method: "DELETE", token })).status).toBe(403);
  });

  it("lets guests read public files, and nothing else", async () => {
    const IdentityPoolId = stack.output("IdentityPoolId");
    const pools = clients.identityPools();
    const pool = await pools.send(new DescribeIdentityPoolCommand({ IdentityPoolId }));
    expect(pool).toMatchObject({ AllowUnauthenticatedIdentities: true, AllowClassicFlow: false });
    const { IdentityId } = await pools.send(new GetIdCommand({ IdentityPoolId }));
    const { Credentials = {} } = await pools.send(new GetCredentialsForIdentityCommand({ IdentityId }));
    const { AccessKeyId = "", SecretKey = "", SessionToken = "" } = Credentials;
    const guest = { accessKeyId: AccessKeyId, secretAccessKey: SecretKey, sessionToken: SessionToken };
    const onFiles = async (method: "GET" | "PUT", key: string, credentials?: typeof guest) => {
      const url = new URL(`/${stack.output("UserFilesBucketName")}/${key}`, rehearsal().emulator);
      const call = { service: "s3", method, url, ...(method === "PUT" && { body: "content" }) } as const;
      return (await signedFetch({ ...call, ...(credentials && { credentials }) })).status;
    };
    expect(await onFiles("PUT", "public/news.txt")).toBe(200);
    expect(await onFiles("PUT", "reports/2026.txt")).toBe(200);
    expect(await onFiles("GET", "public/news.txt", guest)).toBe(200);
    expect(await onFiles("PUT", "public/news.txt", guest)).toBe(403);
    expect(await onFiles("GET", "reports/2026.txt", guest)).toBe(403);
  });

  it("chooses IAM roles by a rule for each group that has one", async () => {
    const command = new GetIdentityPoolRolesCommand({ IdentityPoolId: stack.output("IdentityPoolId") });
    const { Roles = {}, RoleMappings = {} } = await clients.identityPools().send(command);
    const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${stack.physicalId(name)}`;
    expect(Roles).toEqual({ authenticated: role("SignedInRole"), unauthenticated: role("GuestRole") });
    const [mapping] = Object.values(RoleMappings);
    expect(mapping).toMatchObject({ Type: "Rules" });
    expect(mapping?.RulesConfiguration?.Rules?.map(({ Value }) => Value)).toEqual(
      expect.arrayContaining(["suspended", "finance"]),
    );
  });
});

describe("removing it", () => {
  it("leaves the pool and its users where they are", async () => {
    const run = await serverless(["remove", "--stage", STAGE, ...PARAMETERS]);
    expect(run).toMatchObject({ code: 0 });
    const user = new AdminGetUserCommand({ UserPoolId, Username: "vera@prod.example" });
    expect(await clients.userPools().send(user)).toMatchObject({ Enabled: true });
    const left = await inventory(STAGE);
    expect(left.filter((item) => /^(function|REST API|HTTP API|stack)/.test(item))).toEqual([]);
  }, 180_000);
});
