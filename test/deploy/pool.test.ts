import { createPublicKey, type JsonWebKey, verify } from "node:crypto";
import { GetAuthorizersCommand as GetRestAuthorizersCommand } from "@aws-sdk/client-api-gateway";
import { GetAuthorizersCommand } from "@aws-sdk/client-apigatewayv2";
import {
  DescribeResourceServerCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  DescribeUserPoolDomainCommand,
  InitiateAuthCommand,
  ListGroupsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { GetPolicyCommand } from "@aws-sdk/client-lambda";
import { ACCOUNT, REGION } from "../support/emulator/account.ts";
import { clients } from "../support/emulator/clients.ts";
import { createPerson, PASSWORD, signIn } from "../support/emulator/people.ts";
import { PACKAGE_FOLDER, rehearsal, STAGE } from "../support/emulator/rehearsal.ts";
import { type DeployedStack, deployedStack } from "../support/emulator/stack.ts";
import { packagedTemplate } from "../support/emulator/templates.ts";

const { Resources } = packagedTemplate(PACKAGE_FOLDER);
const pool = clients.userPools();
let stack: DeployedStack;
let UserPoolId: string;

beforeAll(async () => {
  stack = await deployedStack(STAGE);
  UserPoolId = stack.output("UserPoolId");
});

const functionArn = (name: string) =>
  `arn:aws:lambda:${REGION}:${ACCOUNT}:function:claimgate-${STAGE}-${name}`;
const declared = (name: string) => Resources[name]?.Properties ?? {};

describe("the deployed user pool", () => {
  it("calls the three triggers, pre-token-generation in the version that is fired for machines too", async () => {
    const { UserPool } = await pool.send(new DescribeUserPoolCommand({ UserPoolId }));
    expect(UserPool?.LambdaConfig).toEqual({
      PreSignUp: functionArn("preSignUp"),
      PostConfirmation: functionArn("postConfirmation"),
      PreTokenGenerationConfig: { LambdaArn: functionArn("preTokenGeneration"), LambdaVersion: "V3_0" },
    });
  });

  it.each(["preSignUp", "postConfirmation", "preTokenGeneration"])(
    "and only it may call %s",
    async (name) => {
      const FunctionName = `claimgate-${STAGE}-${name}`;
      const { Policy = "{}" } = await clients.lambda().send(new GetPolicyCommand({ FunctionName }));
      const { Statement } = JSON.parse(Policy) as { Statement: object[] };
      expect(Statement).toMatchObject([
        {
          Effect: "Allow",
          Principal: { Service: "cognito-idp.amazonaws.com" },
          Action: "lambda:InvokeFunction",
          Condition: {
            ArnLike: { "AWS:SourceArn": `arn:aws:cognito-idp:${REGION}:${ACCOUNT}:userpool/${UserPoolId}` },
          },
        },
      ]);
    },
  );

  it("has the settings that the template gives it", async () => {
    const { UserPool = {} } = await pool.send(new DescribeUserPoolCommand({ UserPoolId }));
    const { LambdaConfig: _elsewhere, UserPoolName, Schema, ...settings } = declared("UserPool");
    expect(UserPool.Name).toBe(UserPoolName);
    const compared = Object.keys(settings).filter((key) => key in UserPool);
    expect(compared).toEqual(
      expect.arrayContaining(["UserPoolTier", "DeletionProtection", "UsernameConfiguration", "Policies"]),
    );
    for (const key of compared)
      expect({ [key]: Reflect.get(UserPool, key) as unknown }).toMatchObject({ [key]: settings[key] });
    const attributes = UserPool.SchemaAttributes?.map(({ Name }) => Name);
    for (const { Name } of Schema as { Name: string }[]) expect(attributes).toContain(`custom:${Name}`);
  });

  it("has a domain", async () => {
    const Domain = `claimgate-${STAGE}-${ACCOUNT}`;
    const { DomainDescription } = await pool.send(new DescribeUserPoolDomainCommand({ Domain }));
    expect(DomainDescription).toMatchObject({ UserPoolId, Status: "ACTIVE" });
    expect(stack.output("SignInUrl")).toContain(`https://${Domain}.auth.${REGION}.amazoncognito.com/`);
  });

  it("has a group for each one that the policy speaks of", async () => {
    const { Groups = [] } = await pool.send(new ListGroupsCommand({ UserPoolId, Limit: 60 }));
    const groups = Object.values(Resources).filter(({ Type }) => Type === "AWS::Cognito::UserPoolGroup");
    expect(Groups.map(({ GroupName }) => GroupName).sort()).toEqual(
      groups.map(({ Properties }) => Properties?.["GroupName"]).sort(),
    );
    expect(groups.length).toBeGreaterThan(0);
  });

  it("has the resource server with its scopes", async () => {
    const Identifier = "orders-api";
    const { ResourceServer } = await pool.send(new DescribeResourceServerCommand({ UserPoolId, Identifier }));
    expect(ResourceServer?.Scopes?.map(({ ScopeName }) => ScopeName)).toEqual(
      expect.arrayContaining(["reports.read", "reports.export"]),
    );
  });
});

describe("the deployed app clients", () => {
  it("let people sign in by authorization code only, without a secret", async () => {
    const command = new DescribeUserPoolClientCommand({ UserPoolId, ClientId: stack.output("WebClientId") });
    const { UserPoolClient } = await pool.send(command);
    expect(UserPoolClient).toMatchObject({
      AllowedOAuthFlows: ["code"],
      AllowedOAuthFlowsUserPoolClient: true,
      PreventUserExistenceErrors: "ENABLED",
      EnableTokenRevocation: true,
    });
    expect(UserPoolClient?.ClientSecret).toBeUndefined();
    expect(UserPoolClient?.WriteAttributes?.filter((name) => name.startsWith("custom:"))).toEqual([]);
    expect(UserPoolClient?.ExplicitAuthFlows).toEqual(declared("WebClient")["ExplicitAuthFlows"]);
  });

  it("let machines in by client credentials only, with a secret", async () => {
    const command = new DescribeUserPoolClientCommand({
      UserPoolId,
      ClientId: stack.output("ReportingClientId"),
    });
    const { UserPoolClient } = await pool.send(command);
    expect(UserPoolClient).toMatchObject({
      AllowedOAuthFlows: ["client_credentials"],
      AllowedOAuthScopes: ["orders-api/reports.export", "orders-api/reports.read"],
    });
    expect(UserPoolClient?.ClientSecret).toMatch(/^.{40,}$/);
  });

  it("take no password over the API", async () => {
    await createPerson(stack, "kim@pool.example");
    const command = new InitiateAuthCommand({
      ClientId: stack.output("WebClientId"),
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "kim@pool.example", PASSWORD },
    });
    await expect(pool.send(command)).rejects.toMatchObject({ name: "InvalidParameterException" });
  });
});

describe("the tokens", () => {
  it("are signed with RS256 by keys that are published under the issuer, one for each kind", async () => {
    await createPerson(stack, "lee@pool.example");
    const { access, id } = await signIn(stack, "lee@pool.example");
    const address = new URL(stack.output("JwksUrl"));
    expect(address.href).toBe(
      `https://cognito-idp.${REGION}.amazonaws.com/${UserPoolId}/.well-known/jwks.json`,
    );
    const answer = await fetch(new URL(address.pathname, rehearsal().emulator));
    const { keys } = (await answer.json()) as { keys: (JsonWebKey & { kid: string })[] };
    const used = [access, id].map((token) => {
      const [header = "", payload, signature = ""] = token.split(".");
      const { alg, kid } = JSON.parse(Buffer.from(header, "base64url").toString()) as Record<string, string>;
      expect(alg).toBe("RS256");
      const key = createPublicKey({
        key: keys.find((candidate) => candidate.kid === kid) ?? {},
        format: "jwk",
      });
      const data = Buffer.from(`${header}.${payload}`);
      expect(verify("sha256", data, key, Buffer.from(signature, "base64url"))).toBe(true);
      return kid;
    });
    expect(new Set(used).size).toBe(2);
  });
});

describe("the deployed authorizers", () => {
  it("keep no answer", async () => {
    const http = new GetAuthorizersCommand({ ApiId: stack.output("HttpApiId") });
    expect((await clients.httpApis().send(http)).Items).toMatchObject([
      { AuthorizerResultTtlInSeconds: 0, EnableSimpleResponses: true, AuthorizerPayloadFormatVersion: "2.0" },
    ]);
    const rest = new GetRestAuthorizersCommand({ restApiId: stack.physicalId("ApiGatewayRestApi") });
    expect((await clients.restApis().send(rest)).items).toMatchObject([
      { authorizerResultTtlInSeconds: 0, type: "REQUEST" },
    ]);
  });
});
