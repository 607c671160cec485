import {
  DescribeIdentityPoolCommand,
  GetCredentialsForIdentityCommand,
  GetIdCommand,
  GetIdentityPoolRolesCommand,
  GetPrincipalTagAttributeMapCommand,
} from "@aws-sdk/client-cognito-identity";
import { ACCOUNT, REGION } from "../support/emulator/account.ts";
import { clients } from "../support/emulator/clients.ts";
import { createPerson, signIn, type Tokens } from "../support/emulator/people.ts";
import { rehearsal, STAGE } from "../support/emulator/rehearsal.ts";
import { type SignedCall, signedFetch } from "../support/emulator/signed-fetch.ts";
import { type DeployedStack, deployedStack } from "../support/emulator/stack.ts";
import { forged } from "../support/emulator/tampering.ts";

const pools = clients.identityPools();
let stack: DeployedStack;
let IdentityPoolId: string;
let provider: string;
let tokens: Tokens;

beforeAll(async () => {
  stack = await deployedStack(STAGE);
  IdentityPoolId = stack.output("IdentityPoolId");
  provider = `cognito-idp.${REGION}.amazonaws.com/${stack.output("UserPoolId")}`;
  await createPerson(stack, "olga@identity.example", ["customers"]);
  tokens = await signIn(stack, "olga@identity.example");
});

const roleArn = (logicalId: string) => `arn:aws:iam::${ACCOUNT}:role/${stack.physicalId(logicalId)}`;

const credentials = async (token: string) => {
  const Logins = { [provider]: token };
  const { IdentityId } = await pools.send(new GetIdCommand({ IdentityPoolId, Logins }));
  const answer = await pools.send(new GetCredentialsForIdentityCommand({ IdentityId, Logins }));
  const { AccessKeyId = "", SecretKey = "", SessionToken = "" } = answer.Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretKey, sessionToken: SessionToken };
};

/** The status of a call to the bucket of user files. */
const onFiles = async (method: SignedCall["method"], key: string, as?: SignedCall["credentials"]) => {
  const url = new URL(`/${stack.output("UserFilesBucketName")}/${key}`, rehearsal().emulator);
  const body = method === "PUT" ? "content" : "";
  return (await signedFetch({ service: "s3", method, url, body, ...(as && { credentials: as }) })).status;
};

describe("the deployed identity pool", () => {
  it("gives signed-in users their role, and the roles of groups by the token", async () => {
    const { Roles, RoleMappings = {} } = await pools.send(
      new GetIdentityPoolRolesCommand({ IdentityPoolId }),
    );
    expect(Roles).toEqual({ authenticated: roleArn("SignedInRole") });
    expect(Object.values(RoleMappings)).toEqual([
      { Type: "Token", AmbiguousRoleResolution: "AuthenticatedRole" },
    ]);
  });

  it("hands claims of the token on as tags of the session", async () => {
    const command = new GetPrincipalTagAttributeMapCommand({
      IdentityPoolId,
      IdentityProviderName: provider,
    });
    expect(await pools.send(command)).toMatchObject({
      UseDefaults: false,
      PrincipalTags: { sub: "sub", tenant: "custom:tenant_id" },
    });
  });

  it("knows no guests and no classic flow, and asks the pool about each token", async () => {
    const pool = await pools.send(new DescribeIdentityPoolCommand({ IdentityPoolId }));
    expect(pool).toMatchObject({
      AllowUnauthenticatedIdentities: false,
      AllowClassicFlow: false,
      CognitoIdentityProviders: [
        { ProviderName: provider, ClientId: stack.output("WebClientId"), ServerSideTokenCheck: true },
      ],
    });
  });

  it("gives an ID token of the pool one identity and credentials of the signed-in role", async () => {
    const Logins = { [provider]: tokens.id };
    const first = await pools.send(new GetIdCommand({ IdentityPoolId, Logins }));
    const second = await pools.send(new GetIdCommand({ IdentityPoolId, Logins }));
    expect(first.IdentityId).toBe(second.IdentityId);
    expect(await callerOf(await credentials(tokens.id))).toBe(
      `arn:aws:sts::${ACCOUNT}:assumed-role/${stack.physicalId("SignedInRole")}/CognitoIdentityCredentials`,
    );
  });

  it("refuses a token with a bad signature, an access token, and a token of nobody", async () => {
    for (const token of [forged.signature(tokens.id), tokens.access, "nonsense"]) {
      await expect(credentials(token)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    }
  });

  it("lets the signed-in role read public files, and neither write them nor touch the files of any user", async () => {
    expect(await onFiles("PUT", "public/news.txt")).toBe(200);
    const olga = await credentials(tokens.id);
    expect(await onFiles("GET", "public/news.txt", olga)).toBe(200);
    expect(await onFiles("PUT", "public/news.txt", olga)).toBe(403);
    expect(await onFiles("PUT", "users/somebody-else/diary.txt", olga)).toBe(403);
  });
});

async function callerOf(as: SignedCall["credentials"]): Promise<string | undefined> {
  const answer = await signedFetch({
    service: "sts",
    method: "POST",
    url: new URL("/", rehearsal().emulator),
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "Action=GetCallerIdentity&Version=2011-06-15",
    ...(as && { credentials: as }),
  });
  return /<Arn>([^<]+)</.exec(await answer.text())?.[1];
}
