const TOLD = {
  CLAIMGATE_USER_POOL_ID: { Ref: "UserPool" },
  CLAIMGATE_APP_CLIENTS: '{"web":"abc"}',
  CLAIMGATE_POOL_ALIAS: "main",
};
const http = (route: string, authorizer?: string) => {
  const [method, path] = route.split(" ");
  return { httpApi: { method, path, ...(authorizer === undefined ? {} : { authorizer }) } };
};
const rest = (authorizer: unknown) => ({ http: { method: "get", path: "kept", authorizer } });

/** A service with every mistake that a service rule knows. */
export const SERVICE_WITH_EVERY_MISTAKE = {
  provider: {
    httpApi: {
      cors: { allowedMethods: ["GET"] },
      authorizers: {
        cached: {
          type: "request",
          functionName: "auth",
          resultTtlInSeconds: 300,
          identitySource: "$request.header.A",
        },
        simple: { type: "request", functionName: "auth", enableSimpleResponses: true, payloadVersion: "1.0" },
        pool: { type: "jwt", identitySource: "$request.header.Authorization" },
      },
    },
  },
  functions: {
    auth: { environment: TOLD },
    tokens: {
      environment: {
        CLAIMGATE_COPIED_CLAIMS: '{"tenant":"custom:tenant"}',
        CLAIMGATE_DIRECTORIES: '{"Corp":{"attribute":"custom:tenant","form":"ids"}}',
      },
    },
    whole: { environment: { ...TOLD, CLAIMGATE_WHOLE_API_ANSWER: "true" } },
    api: {
      events: [
        http("GET /unknown", "cached"),
        http("GET /open"),
        http("ANY /all", "cached"),
        http("GET /coarse", "cached"),
        http("GET /public", "cached"),
        http("GET /elsewhere", "pool"),
        rest("auth"),
        rest({ name: "auth", type: "request", resultTtlInSeconds: 0 }),
        rest({ name: "whole", type: "request", resultTtlInSeconds: 300 }),
        { http: { method: "get", path: "items/{id}", authorizer: { name: "auth", type: "token" } } },
        { websocket: { route: "$connect", authorizer: "auth" } },
      ],
    },
  },
  resources: {
    Resources: {
      UserPool: { Type: "AWS::Cognito::UserPool" },
      Machine: {
        Type: "AWS::Cognito::UserPoolClient",
        Properties: { AllowedOAuthFlows: ["client_credentials"] },
      },
      Web: {
        Type: "AWS::Cognito::UserPoolClient",
        Properties: { WriteAttributes: ["custom:tenant"], SupportedIdentityProviders: ["Corp"] },
      },
      Partner: {
        Type: "AWS::Cognito::UserPoolIdentityProvider",
        Properties: { ProviderName: "Partner", AttributeMapping: { "custom:tenant": "groups" } },
      },
      PartnerApp: {
        Type: "AWS::Cognito::UserPoolClient",
        Properties: { AllowedOAuthFlows: ["code"], AllowedOAuthScopes: ["orders/list"] },
      },
      Orders: {
        Type: "AWS::Cognito::UserPoolResourceServer",
        Properties: { Identifier: "orders", Scopes: [{ ScopeName: "list" }] },
      },
      Domain: { Type: "AWS::ApiGatewayV2::DomainName", Properties: { DomainName: "api.example.com" } },
      IdentityPool: { Type: "AWS::Cognito::IdentityPool" },
      Tags: {
        Type: "AWS::Cognito::IdentityPoolPrincipalTag",
        Properties: { PrincipalTags: { mail: "email" } },
      },
      Roles: {
        Type: "AWS::Cognito::IdentityPoolRoleAttachment",
        Properties: {
          RoleMappings: {
            web: {
              Type: "Rules",
              RulesConfiguration: {
                Rules: Array.from({ length: 26 }, () => ({
                  Claim: "cognito:groups",
                  MatchType: "Contains",
                  Value: "stu",
                })),
              },
            },
          },
        },
      },
      Staff: { Type: "AWS::Cognito::UserPoolGroup", Properties: { GroupName: "staff" } },
    },
  },
};

/** A route that takes every path hides what is not deployed, so it has a service of its own. */
export const SERVICE_BEHIND_DEFAULT = {
  ...SERVICE_WITH_EVERY_MISTAKE,
  functions: {
    ...SERVICE_WITH_EVERY_MISTAKE.functions,
    api: { events: [{ httpApi: { path: "*", authorizer: "cached" } }] },
  },
};

/** Its policy, with every mistake that compares with the service. */
export const MISTAKEN_ROWS = `
g2, GET /open, a:read
g2, GET /public, public
g2, GET /elsewhere, a:read
g2, GET /kept, a:read
g2, $connect, a:read
g2, GET /gone, a:read
g2, GET /items/{id}, a:read
g2, GET /items/special, a:special
${Array.from({ length: 25 }, (_, index) => `g2, GET /${"x".repeat(420)}${index}, a:read`).join("\n")}
g2, ANY /coarse, a:read
p, group:stuff, a:read, allow
p, group:staff, a:special, allow, {id}=tenant
p, client:wep, a:read, allow
p, group:staff, a:read, allow, max_age=300
p, group:main/stuff, a:read, allow
p, scope:main/orders/read, a:read, allow
g4, main/Unknown/a, group:main/x
g4, main/Corp/a b, group:main/x
`;

/** One policy limits apps, the other does not. */
export const LIMITING_ROWS = `${MISTAKEN_ROWS}p3, client:PartnerApp, a:read, orders/read\n`;

/** Its groups.yaml. */
export const MISTAKEN_GROUPS = "stuff: { iamRole: Nowhere }";
