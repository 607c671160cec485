import { poolFromTemplate } from "../../../../../src/tools/cognito/config/from-template.ts";

const place = {
  region: "us-east-1",
  accountId: "000000000000",
  userPoolId: "us-east-1_LocalPool",
  issuer: "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_LocalPool",
};

const read = (json: unknown) =>
  poolFromTemplate(json, {
    place,
    client: (name) => ({ id: `local${name}client`, secret: `local-secret-of-${name}` }),
  });

const configOf = (json: unknown) => read(json).config;

const template = (lambdaConfig: unknown, more: object = {}) => ({
  Resources: {
    UserPool: {
      Type: "AWS::Cognito::UserPool",
      Properties: { UsernameAttributes: ["email"], LambdaConfig: lambdaConfig },
    },
    PreFunction: { Type: "AWS::Lambda::Function", Properties: { FunctionName: "svc-dev-pre" } },
    Server: { Type: "AWS::Cognito::UserPoolResourceServer", Properties: { Identifier: "api" } },
    ...more,
  },
});

const arn = { "Fn::GetAtt": ["PreFunction", "Arn"] };

test("triggers are the functions that the pool names, with the version of the template", () => {
  const pool = read(
    template({ PreSignUp: arn, PreTokenGenerationConfig: { LambdaArn: arn, LambdaVersion: "V3_0" } }),
  );

  expect([...pool.functionNames]).toEqual([
    ["PreSignUp", "svc-dev-pre"],
    ["PreTokenGeneration", "svc-dev-pre"],
  ]);
  expect(pool.config.preTokenVersion).toBe("V3_0");
});

test("the flat trigger is the first version", () => {
  expect(read(template({ PreTokenGeneration: arn })).config.preTokenVersion).toBe("V1_0");
});

test("a trigger without a function, and a template without a pool, are errors", () => {
  expect(() => read(template({ PreSignUp: { "Fn::GetAtt": ["Gone", "Arn"] } }))).toThrow("PreSignUp");
  expect(() => read({ Resources: {} })).toThrow("AWS::Cognito::UserPool");
  expect(() => read({})).toThrow("not a CloudFormation template");
});

test("app clients get their local id, a secret where they have one, and their scopes resolved", () => {
  const { clients } = configOf(
    template(
      {},
      {
        ReportingClient: {
          Type: "AWS::Cognito::UserPoolClient",
          Properties: {
            GenerateSecret: true,
            AllowedOAuthScopes: [
              "openid",
              { "Fn::Sub": "${Server}/read" },
              { "Fn::Join": ["/", [{ Ref: "Server" }, "x"]] },
            ],
            AccessTokenValidity: 15,
            TokenValidityUnits: { AccessToken: "minutes" },
            RefreshTokenRotation: { Feature: "DISABLED" },
          },
        },
        MobileClient: {
          Type: "AWS::Cognito::UserPoolClient",
          Properties: {
            WriteAttributes: ["name"],
            RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 10 },
          },
        },
      },
    ),
  );

  expect(clients).toMatchObject([
    {
      name: "reporting",
      id: "localreportingclient",
      secret: "local-secret-of-reporting",
      scopes: ["openid", "api/read", "api/x"],
      accessTokenSeconds: 900,
      idTokenSeconds: 3600,
      writeAttributes: undefined,
      rotationGraceSeconds: undefined,
    },
    {
      name: "mobile",
      id: "localmobileclient",
      secret: undefined,
      writeAttributes: ["name"],
      rotationGraceSeconds: 10,
    },
  ]);
});

test("groups keep their precedence and role", () => {
  const { groups } = configOf(
    template(
      {},
      {
        G: {
          Type: "AWS::Cognito::UserPoolGroup",
          Properties: { GroupName: "admins", Precedence: 1, RoleArn: "arn:aws:iam::000000000000:role/x" },
        },
        H: {
          Type: "AWS::Cognito::UserPoolGroup",
          Properties: { GroupName: "finance", RoleArn: { "Fn::GetAtt": ["FinanceGroupRole", "Arn"] } },
        },
      },
    ),
  );

  expect(groups).toEqual([
    { name: "admins", description: undefined, precedence: 1, roleArn: "arn:aws:iam::000000000000:role/x" },
    {
      name: "finance",
      description: undefined,
      precedence: undefined,
      roleArn: "arn:aws:iam::000000000000:role/FinanceGroupRole",
    },
  ]);
});

test("the password policy falls back on what AWS has for a new pool", () => {
  expect(configOf(template({})).passwordPolicy).toEqual({
    minimumLength: 8,
    lowercase: true,
    uppercase: true,
    numbers: true,
    symbols: true,
    history: 0,
  });
});

test("pages of the app are those that a sign-in returns to and those that may call the HTTP API; never every page", () => {
  const { appOrigins } = read(
    template(undefined, {
      WebClient: {
        Type: "AWS::Cognito::UserPoolClient",
        Properties: { CallbackURLs: ["http://localhost:5173/callback", "myapp://signed-in", "not a url"] },
      },
      HttpApi: {
        Type: "AWS::ApiGatewayV2::Api",
        Properties: { CorsConfiguration: { AllowOrigins: ["https://shop.example", "*"] } },
      },
    }),
  );

  expect(appOrigins).toEqual(["http://localhost:5173", "https://shop.example"]);
});

/** The pool of a template with these properties. */
const withProperties = (properties: object) =>
  configOf({ Resources: { UserPool: { Type: "AWS::Cognito::UserPool", Properties: properties } } });

const withClient = (properties: object) =>
  configOf(template({}, { WebClient: { Type: "AWS::Cognito::UserPoolClient", Properties: properties } }))
    .clients[0];

test("a pool that says nothing is as AWS makes it", () => {
  expect(withProperties({})).toMatchObject({
    name: "UserPool",
    tier: "ESSENTIALS",
    usernameAttributes: [],
    aliasAttributes: [],
    usernameCaseSensitive: true,
    autoVerifiedAttributes: [],
    verifyBeforeUpdate: [],
    adminCreateUserOnly: false,
    temporaryPasswordDays: 7,
    mfa: { mode: "OFF", methods: [] },
    firstFactors: ["PASSWORD"],
    recovery: ["verified_phone_number", "verified_email"],
    preTokenVersion: "V1_0",
    groups: [],
    providers: [],
    clients: [],
  });
});

test("every setting of a pool is read, numbers and flags also as strings", () => {
  const config = withProperties({
    UserPoolName: { "Fn::Sub": "orders" },
    UserPoolTier: "PLUS",
    AliasAttributes: ["preferred_username"],
    UsernameConfiguration: { CaseSensitive: "false" },
    AutoVerifiedAttributes: ["email"],
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: "true", UnusedAccountValidityDays: "3" },
    Policies: {
      PasswordPolicy: { MinimumLength: "12", RequireSymbols: "false", PasswordHistorySize: "5" },
      SignInPolicy: { AllowedFirstAuthFactors: ["EMAIL_OTP", "PASSWORD"] },
    },
    Schema: [
      { Name: "email", Required: "true", Mutable: false },
      {
        Name: "tenant",
        AttributeDataType: "String",
        Mutable: "true",
        StringAttributeConstraints: { MinLength: "1", MaxLength: 9 },
      },
      {
        Name: "level",
        AttributeDataType: "Number",
        NumberAttributeConstraints: { MinValue: "-1", MaxValue: "7" },
      },
    ],
    MfaConfiguration: "OPTIONAL",
    EnabledMfas: ["SOFTWARE_TOKEN_MFA", "SMS_MFA", "UNKNOWN"],
    AccountRecoverySetting: {
      RecoveryMechanisms: [
        { Name: "verified_phone_number", Priority: "2" },
        { Name: "verified_email", Priority: 1 },
      ],
    },
  });

  expect(config).toMatchObject({
    name: "orders",
    tier: "PLUS",
    aliasAttributes: ["preferred_username"],
    usernameCaseSensitive: false,
    autoVerifiedAttributes: ["email"],
    verifyBeforeUpdate: ["email"],
    adminCreateUserOnly: true,
    temporaryPasswordDays: 3,
    passwordPolicy: { minimumLength: 12, symbols: false, lowercase: true, history: 5 },
    firstFactors: ["PASSWORD", "EMAIL_OTP"],
    mfa: { mode: "OPTIONAL", methods: ["SOFTWARE_TOKEN_MFA", "SMS_MFA"] },
    recovery: ["verified_email", "verified_phone_number"],
  });
  const attribute = (name: string) => config.schema.find((candidate) => candidate.name === name);
  expect(attribute("email")).toMatchObject({ required: true, mutable: false });
  expect(attribute("custom:tenant")).toMatchObject({ mutable: true, minLength: 1, maxLength: 9 });
  expect(attribute("custom:level")).toMatchObject({
    type: "Number",
    mutable: false,
    minValue: -1,
    maxValue: 7,
  });
});

test("a client that says nothing is as AWS makes it", () => {
  expect(withClient({})).toEqual({
    name: "web",
    id: "localwebclient",
    secret: undefined,
    flows: [],
    scopes: [],
    callbackUrls: [],
    logoutUrls: [],
    defaultRedirectUri: undefined,
    identityProviders: undefined,
    writeAttributes: undefined,
    readAttributes: undefined,
    explicitAuthFlows: undefined,
    preventUserExistenceErrors: false,
    enableTokenRevocation: true,
    accessTokenSeconds: 3600,
    idTokenSeconds: 3600,
    refreshTokenSeconds: 30 * 86_400,
    authSessionSeconds: 180,
    rotationGraceSeconds: undefined,
  });
});

test("every setting of a client is read, numbers and flags also as strings, addresses by their references", () => {
  const url = { "Fn::Join": ["", ["https://", { Ref: "Server" }, ".example/cb"]] };

  expect(
    withClient({
      GenerateSecret: "true",
      AllowedOAuthFlows: ["code"],
      CallbackURLs: [url, { "Fn::ImportValue": "elsewhere" }],
      LogoutURLs: [url],
      DefaultRedirectURI: url,
      SupportedIdentityProviders: ["COGNITO"],
      ReadAttributes: ["email"],
      WriteAttributes: [],
      ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
      PreventUserExistenceErrors: "ENABLED",
      EnableTokenRevocation: "false",
      AccessTokenValidity: "2",
      IdTokenValidity: 30,
      RefreshTokenValidity: 1,
      TokenValidityUnits: { IdToken: "minutes", RefreshToken: "hours" },
      AuthSessionValidity: "5",
      RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: "10" },
    }),
  ).toMatchObject({
    secret: "local-secret-of-web",
    flows: ["code"],
    callbackUrls: ["https://api.example/cb"],
    logoutUrls: ["https://api.example/cb"],
    defaultRedirectUri: "https://api.example/cb",
    identityProviders: ["COGNITO"],
    readAttributes: ["email"],
    writeAttributes: [],
    explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
    preventUserExistenceErrors: true,
    enableTokenRevocation: false,
    accessTokenSeconds: 7200,
    idTokenSeconds: 1800,
    refreshTokenSeconds: 3600,
    authSessionSeconds: 300,
    rotationGraceSeconds: 10,
  });
});

test("a client whose OAuth is turned off has no flows", () => {
  expect(withClient({ AllowedOAuthFlowsUserPoolClient: false, AllowedOAuthFlows: ["code"] })?.flows).toEqual(
    [],
  );
});

test("identity providers keep their type and what their claims become", () => {
  const { providers } = configOf(
    template(
      {},
      {
        Google: {
          Type: "AWS::Cognito::UserPoolIdentityProvider",
          Properties: {
            ProviderName: "Google",
            ProviderType: "Google",
            AttributeMapping: { email: "email" },
          },
        },
        Company: { Type: "AWS::Cognito::UserPoolIdentityProvider", Properties: {} },
      },
    ),
  );

  expect(providers).toEqual([
    { name: "Google", type: "Google", attributeMapping: { email: "email" } },
    { name: "Company", type: "OIDC", attributeMapping: {} },
  ]);
});
