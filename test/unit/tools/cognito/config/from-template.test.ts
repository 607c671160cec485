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
