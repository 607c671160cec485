import { readFileSync } from "node:fs";
import { poolFromFile } from "../../../../../src/tools/cognito/config/from-file.ts";
import { PoolFileError } from "../../../../../src/tools/cognito/config/read-settings.ts";
import { FILE_SETTINGS, type Shape, USUAL_POOL } from "../../../../../src/tools/cognito/config/settings.ts";

const read = (text: string) => poolFromFile("pool.yml", text);

/** The lines of what is wrong. */
function wrong(text: string): readonly string[] {
  try {
    read(text);
  } catch (error) {
    if (error instanceof PoolFileError) return error.findings;
    throw error;
  }
  throw new Error("the file was taken");
}

const FULL = `
UserPoolName: shop
UserPoolId: eu-central-1_Shop
Region: eu-central-1
UsernameAttributes: [email]
MfaConfiguration: OPTIONAL
EnabledMfas: [SOFTWARE_TOKEN_MFA]
Policies: { PasswordPolicy: { MinimumLength: 12, RequireSymbols: false } }
Schema:
  - { Name: tenant, AttributeDataType: String, StringAttributeConstraints: { MaxLength: "8" } }
Clients:
  web:
    ClientId: webclientid
    AllowedOAuthFlows: [code]
    AllowedOAuthScopes: [openid, email]
    CallbackURLs: [http://localhost:3000/back]
    SupportedIdentityProviders: [COGNITO, Google]
    AccessTokenValidity: 5
    TokenValidityUnits: { AccessToken: minutes }
  batch: { GenerateSecret: true, AllowedOAuthFlows: [client_credentials] }
Groups:
  admin: { Precedence: 1, RoleArn: "arn:aws:iam::000000000000:role/admin" }
  support:
IdentityProviders:
  Google: { ProviderType: Google, AttributeMapping: { email: email } }
Triggers:
  PreSignUp: http://127.0.0.1:4000/pre-sign-up
  PreTokenGenerationConfig: { LambdaArn: "arn:aws:lambda:eu-central-1:000000000000:function:tokens", LambdaVersion: V2_0 }
`;

test("a file says what a template says, in the same words", () => {
  const { config, targets } = read(FULL);

  expect(config).toMatchObject({
    name: "shop",
    place: {
      region: "eu-central-1",
      accountId: "000000000000",
      userPoolId: "eu-central-1_Shop",
      issuer: "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Shop",
    },
    usernameAttributes: ["email"],
    mfa: { mode: "OPTIONAL", methods: ["SOFTWARE_TOKEN_MFA"] },
    passwordPolicy: { minimumLength: 12, symbols: false, numbers: true },
    preTokenVersion: "V2_0",
    groups: [
      { name: "admin", precedence: 1, roleArn: "arn:aws:iam::000000000000:role/admin" },
      { name: "support", precedence: undefined },
    ],
    providers: [{ name: "Google", type: "Google", attributeMapping: { email: "email" } }],
  });
  expect(config.schema.at(-1)).toMatchObject({ name: "custom:tenant", maxLength: 8 });
  expect(config.clients).toMatchObject([
    {
      name: "web",
      id: "webclientid",
      secret: undefined,
      scopes: ["openid", "email"],
      accessTokenSeconds: 300,
    },
    { name: "batch", id: "localbatchclient", secret: "local-secret-of-batch" },
  ]);
  expect([...targets]).toEqual([
    ["PreSignUp", "http://127.0.0.1:4000/pre-sign-up"],
    ["PreTokenGeneration", "tokens"],
  ]);
  expect([...config.triggers]).toEqual(["PreSignUp", "PreTokenGeneration"]);
});

test("JSON is read as well as YAML", () => {
  const text = JSON.stringify({ UserPoolName: "json", Clients: { app: { ClientId: "abc" } } }, null, 2);
  expect(read(text).config).toMatchObject({ name: "json", clients: [{ name: "app", id: "abc" }] });
});

test("a pool without clients has one for a web app on this machine", () => {
  expect(read(USUAL_POOL).config).toMatchObject({
    usernameAttributes: ["email"],
    clients: [{ name: "web", id: "localwebclient", secret: undefined, flows: ["code"] }],
  });
});

test("a client that AWS would not let at the OAuth endpoints has no flow here", () => {
  const text = "Clients: { a: { AllowedOAuthFlows: [code], AllowedOAuthFlowsUserPoolClient: false } }";
  expect(read(text).config.clients).toMatchObject([{ flows: [] }]);
});

test("unknown settings are refused with their place and what was meant", () => {
  expect(wrong("UserPoolName: x\nUsernameAttribute: [email]\n")).toEqual([
    "pool.yml:2:1: unknown property `UsernameAttribute`; did you mean `UsernameAttributes`?",
  ]);
  expect(wrong("Clients:\n  web:\n    CallbackUrl: [x]\n")).toEqual([
    "pool.yml:3:5: unknown property `CallbackUrl`; did you mean `CallbackURLs`?",
  ]);
  expect(wrong("DeletionProtection: ACTIVE\n")).toEqual([
    "pool.yml:1:1: unknown property `DeletionProtection`; a user pool has no such setting; see docs/local-cognito.md",
  ]);
});

test("every wrong value is told at once, with its place", () => {
  const text = [
    "MfaConfiguration: MAYBE",
    "UserPoolName: 7",
    "UsernameAttributes: email",
    "Clients: { web: { AccessTokenValidity: long, GenerateSecret: 1 } }",
  ].join("\n");
  expect(wrong(text)).toEqual([
    "pool.yml:1:19: `MAYBE` is not a value of `MfaConfiguration`; expected `OFF`, `OPTIONAL`, `ON`",
    "pool.yml:2:15: expected a string for `UserPoolName`, found a number; put it in quotes",
    "pool.yml:3:21: expected a list for `UsernameAttributes`, found a string; write `[ONE, TWO]`",
    "pool.yml:4:40: expected a number for `AccessTokenValidity`, found a string; see docs/local-cognito.md",
    "pool.yml:4:62: expected `true` or `false` for `GenerateSecret`, found a number; see docs/local-cognito.md",
  ]);
});

test.each([
  ["UserPoolId: eu-central-1_A", "`UserPoolId` is `eu-central-1_A`; write `us-east-1_`"],
  ["Region: nowhere", "`Region` is `nowhere`"],
  ['AccountId: "12"', "`AccountId` has to have twelve digits"],
  ["UsernameAttributes: [email]\nAliasAttributes: [email]", "exclude each other"],
  ["Clients: { a: { ClientId: x }, b: { ClientId: x } }", "two clients have the id `x`"],
  ["Clients: { a: { SupportedIdentityProviders: [Googel] } }", "names the provider `Googel`"],
  ["IdentityPool: { RoleMappings: { app: { Type: Token } } }", "`RoleMappings` names the client `app`"],
  ["a: [", "the file is not valid YAML"],
])("what does not fit together is refused: %s", (text, said) => {
  expect(wrong(text).join("\n")).toContain(said);
});

describe("docs/local-cognito.md", () => {
  const page = readFileSync("docs/local-cognito.md", "utf8");

  test("names every setting", () => {
    const missing = namesIn({ settings: FILE_SETTINGS }).filter((name) => !page.includes(`\`${name}\``));
    expect(missing).toEqual([]);
  });

  test("shows the pool that is started without a file", () => {
    expect(page).toContain(USUAL_POOL);
  });
});

/** All names of settings at any depth. */
function namesIn(shape: Shape): readonly string[] {
  if (typeof shape === "string" || "one" in shape) return [];
  if ("list" in shape) return namesIn(shape.list);
  if ("each" in shape) return namesIn(shape.each);
  return Object.entries(shape.settings).flatMap(([name, inner]) => [name, ...namesIn(inner)]);
}
