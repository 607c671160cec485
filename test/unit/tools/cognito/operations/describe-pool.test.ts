import { objectOf, objectsOf } from "../../../../../src/json.ts";
import { attributeSchema } from "../../../../../src/tools/cognito/config/attribute-schema.ts";
import { passwordPolicyOf } from "../../../../../src/tools/cognito/config/password-policy.ts";
import { call, refusal } from "../../../../support/pool-calls.ts";
import { testClient, testPool } from "../../../../support/user-pool.ts";

test("DescribeUserPool shows what the pool was opened with", async () => {
  const pool = testPool({
    config: {
      passwordPolicy: passwordPolicyOf({ MinimumLength: 12, RequireSymbols: false, PasswordHistorySize: 3 }),
      schema: attributeSchema([
        { Name: "tenant", Mutable: false, StringAttributeConstraints: { MinLength: "1", MaxLength: "20" } },
      ]),
      preTokenVersion: "V2_0",
      mfa: { mode: "OPTIONAL", methods: ["SOFTWARE_TOKEN_MFA"] },
    },
    triggers: { PreSignUp: (event: object) => event, PreTokenGeneration: (event: object) => event },
  });
  await call(pool, "AdminCreateUser", { Username: "alice@example.com" });
  const described = objectOf((await call(pool, "DescribeUserPool"))["UserPool"]);
  const arn = "arn:aws:lambda:us-east-1:000000000000:function";
  expect(described).toMatchObject({
    Id: "us-east-1_LocalPool",
    Name: "test",
    Arn: "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_LocalPool",
    Policies: {
      PasswordPolicy: {
        MinimumLength: 12,
        RequireUppercase: true,
        RequireLowercase: true,
        RequireNumbers: true,
        RequireSymbols: false,
        PasswordHistorySize: 3,
        TemporaryPasswordValidityDays: 7,
      },
      SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD"] },
    },
    LambdaConfig: {
      PreSignUp: `${arn}:PreSignUp`,
      PreTokenGeneration: `${arn}:PreTokenGeneration`,
      PreTokenGenerationConfig: { LambdaArn: `${arn}:PreTokenGeneration`, LambdaVersion: "V2_0" },
    },
    UsernameAttributes: ["email"],
    AutoVerifiedAttributes: ["email"],
    UsernameConfiguration: { CaseSensitive: false },
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
    MfaConfiguration: "OPTIONAL",
    EstimatedNumberOfUsers: 1,
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
    AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: "verified_email" }] },
    UserPoolTier: "ESSENTIALS",
  });
  expect(described).not.toHaveProperty("AliasAttributes");
  expect(objectsOf(described["SchemaAttributes"]).find(({ Name }) => Name === "custom:tenant")).toEqual({
    Name: "custom:tenant",
    AttributeDataType: "String",
    DeveloperOnlyAttribute: false,
    Mutable: false,
    Required: false,
    StringAttributeConstraints: { MinLength: "1", MaxLength: "20" },
  });
  expect(await call(pool, "GetUserPoolMfaConfig")).toEqual({
    MfaConfiguration: "OPTIONAL",
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
});

test("the pool is in the list of pools", async () => {
  expect(await call(testPool(), "ListUserPools", { MaxResults: 10 })).toEqual({
    UserPools: [{ Id: "us-east-1_LocalPool", Name: "test", LambdaConfig: {} }],
  });
});

test("an app client is listed, and described with its lifetimes in seconds", async () => {
  const web = testClient(
    {
      AllowedOAuthFlows: ["code"],
      CallbackURLs: ["http://localhost:5173/"],
      AccessTokenValidity: 5,
      TokenValidityUnits: { AccessToken: "minutes" },
      RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 10 },
      PreventUserExistenceErrors: "ENABLED",
      WriteAttributes: ["email"],
    },
    "web",
    "hush",
  );
  const pool = testPool({ config: { clients: [web, testClient({}, "other")] } });
  await expect(call(pool, "ListUserPoolClients", { ClientType: "STANDARD" })).rejects.toThrow(
    "this local user pool does not simulate the filter ClientType",
  );
  expect(await call(pool, "ListUserPoolClients", { MaxResults: 1 })).toEqual({
    UserPoolClients: [{ ClientId: "webclient", UserPoolId: "us-east-1_LocalPool", ClientName: "web" }],
    NextToken: expect.any(String) as unknown,
  });
  expect(
    (await call(pool, "DescribeUserPoolClient", { ClientId: "webclient" }))["UserPoolClient"],
  ).toMatchObject({
    ClientId: "webclient",
    ClientName: "web",
    ClientSecret: "hush",
    AccessTokenValidity: 300,
    TokenValidityUnits: { AccessToken: "seconds", IdToken: "seconds", RefreshToken: "seconds" },
    AllowedOAuthFlows: ["code"],
    AllowedOAuthFlowsUserPoolClient: true,
    CallbackURLs: ["http://localhost:5173/"],
    WriteAttributes: ["email"],
    PreventUserExistenceErrors: "ENABLED",
    RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 10 },
  });
  expect(await refusal(pool, "DescribeUserPoolClient", { ClientId: "nobody" })).toBe(
    "ResourceNotFoundException: User pool client nobody does not exist.",
  );
});

test("identity providers and resource servers are listed", async () => {
  const clients = [
    { ...testClient(), scopes: ["openid", "orders/read", "orders/write", "https://api/x/read"] },
  ];
  const providers = [{ name: "Google", type: "Google", attributeMapping: { email: "email" } }];
  const pool = testPool({ config: { clients, providers } });
  expect(await call(pool, "ListIdentityProviders", { MaxResults: 10 })).toEqual({
    Providers: [{ ProviderName: "Google", ProviderType: "Google" }],
  });
  expect(await call(pool, "DescribeIdentityProvider", { ProviderName: "Google" })).toEqual({
    IdentityProvider: {
      UserPoolId: "us-east-1_LocalPool",
      ProviderName: "Google",
      ProviderType: "Google",
      AttributeMapping: { email: "email" },
    },
  });
  expect(await refusal(pool, "DescribeIdentityProvider", { ProviderName: "Other" })).toBe(
    "ResourceNotFoundException: Identity provider Other does not exist.",
  );
  expect((await call(pool, "ListResourceServers", { MaxResults: 10 }))["ResourceServers"]).toMatchObject([
    { Identifier: "orders", Scopes: [{ ScopeName: "read" }, { ScopeName: "write" }] },
    { Identifier: "https://api/x", Scopes: [{ ScopeName: "read" }] },
  ]);
});
