import { readService } from "../../../../src/tools/service/read-service.ts";
import type { Service } from "../../../../src/tools/service/service.ts";
import type { At } from "../../../../src/tools/text/place.ts";

const TOP: At = { file: "serverless.yml", line: 1, column: 1 };
const CORS: At = { file: "serverless.yml", line: 3, column: 5 };

const POOL = { Type: "AWS::Cognito::UserPool" };
const TOLD = { CLAIMGATE_USER_POOL_ID: { Ref: "UserPool" } };

/** The service of one function with these events, beside an authorizer `auth` and a function of somebody else. */
function withEvents(events: readonly unknown[], provider: unknown = {}): Service {
  const functions = {
    auth: { environment: TOLD },
    others: { environment: {} },
    api: { events },
  };
  return readService({ provider, functions, resources: { Resources: { UserPool: POOL } } }, "");
}

function withResources(resources: unknown, environment: unknown = TOLD): Service {
  return readService({ functions: { auth: { environment } }, resources }, "");
}

const HTTP_PROVIDER = {
  httpApi: {
    authorizers: {
      claimgate: { type: "request", functionName: "auth", resultTtlInSeconds: 0, payloadVersion: "2.0" },
      theirs: { type: "request", functionName: "others" },
      shared: { type: "request", functionArn: { "Fn::ImportValue": "x" }, identitySource: { Ref: "X" } },
      pool: { type: "jwt", identitySource: "$request.header.Authorization" },
    },
  },
};

describe("routes", () => {
  it.each([
    [{ httpApi: "GET /x" }, "http", "GET /x"],
    [{ httpApi: "*" }, "http", "$default"],
    [{ httpApi: { path: "*" } }, "http", "$default"],
    [{ httpApi: { method: "*", path: "*" } }, "http", "$default"],
    [{ httpApi: "any /x" }, "http", "ANY /x"],
    [{ httpApi: { method: "*", path: "/x/{proxy+}" } }, "http", "ANY /x/{proxy+}"],
    [{ httpApi: { method: "get", path: "/x/" } }, "http", "GET /x"],
    [{ httpApi: "GET /" }, "http", "GET /"],
    [{ http: "GET x" }, "rest", "GET /x"],
    [{ http: "get /x/{id}" }, "rest", "GET /x/{id}"],
    [{ http: { method: "any", path: "{proxy+}" } }, "rest", "ANY /{proxy+}"],
    [{ http: { method: "post", path: "/x/" } }, "rest", "POST /x"],
    [{ http: { method: "get", path: "/" } }, "rest", "GET /"],
    [{ http: { method: "get", path: "x", private: true } }, "rest", "GET /x"],
    [{ websocket: "$connect" }, "websocket", "$connect"],
    [{ websocket: { route: "sendMessage" } }, "websocket", "sendMessage"],
  ])("reads %j", (event, gateway, route) => {
    expect(withEvents([event]).routes).toEqual([
      { gateway, route, functionName: "api", authorizer: undefined, at: TOP },
    ]);
  });

  it.each([
    [{ method: "get", path: "x", cors: true }, ["GET"]],
    [{ method: "any", path: "x", cors: { origins: ["*"], methods: ["put", "GET"] } }, ["PUT", "GET", "ANY"]],
    [{ method: "get", path: "x", cors: false }, undefined],
  ])("reads the methods that %j adds to the preflight", (http, corsMethods) => {
    expect(withEvents([{ http }]).routes[0]?.corsMethods).toEqual(corsMethods);
  });

  it.each([
    [undefined, undefined],
    [false, undefined],
    [true, { methods: undefined, at: CORS }],
    [{ allowedOrigins: ["*"] }, { methods: undefined, at: CORS }],
    [{ allowedMethods: ["get", "PUT"] }, { methods: ["GET", "PUT"], at: CORS }],
    [{ allowedMethods: "*" }, { methods: ["*"], at: CORS }],
  ])("reads what preflights of an HTTP API with the CORS %j allow", (cors, expected) => {
    const text = "provider:\n  httpApi:\n    cors: true\n";
    expect(readService({ provider: { httpApi: { cors } } }, text).httpCors).toEqual(expected);
  });

  it("reads no route from other events", () => {
    expect(withEvents([{ schedule: "rate(1 hour)" }, { http: undefined }, "text", {}]).routes).toEqual([]);
  });

  it("knows when there may be more routes", () => {
    const events = [{ httpApi: "GET /x" }];
    expect(withEvents(events).routesComplete).toBe(true);
    expect(withEvents([]).routesComplete).toBe(false);
    expect(withEvents(events, { httpApi: { id: "abc" } }).routesComplete).toBe(false);
    expect(withEvents(events, { apiGateway: { restApiId: "abc" } }).routesComplete).toBe(false);
    const functions = { api: { events } };
    const resources = { Resources: { More: { Type: "AWS::ApiGatewayV2::Route" } } };
    expect(readService({ functions, resources }, "").routesComplete).toBe(false);
  });
});

describe("the authorizer of a route of an HTTP API", () => {
  const before = (authorizer: unknown) =>
    withEvents([{ httpApi: { method: "get", path: "/x", authorizer } }], HTTP_PROVIDER).routes[0]?.authorizer;

  it.each([
    ["claimgate", { kind: "lambda", name: "claimgate" }],
    [{ name: "claimgate" }, { kind: "lambda", name: "claimgate" }],
    ["theirs", { kind: "foreign", name: "theirs" }],
    ["shared", { kind: "other", name: "shared" }],
    ["pool", { kind: "native", name: "pool", scopes: [] }],
    [
      { name: "pool", scopes: ["a/b", { Ref: "Scope" }] },
      { kind: "native", name: "pool", scopes: ["a/b", '{"Ref":"Scope"}'] },
    ],
    [{ type: "aws_iam" }, { kind: "foreign", name: "AWS_IAM" }],
    [
      { id: "abc", type: "request" },
      { kind: "other", name: "abc" },
    ],
    [{ id: "abc" }, { kind: "native", name: "abc", scopes: [] }],
  ])("reads %j", (authorizer, expected) => {
    expect(before(authorizer)).toEqual(expected);
  });

  it("reads the settings of the provider's authorizers, without those of other functions", () => {
    const { authorizers } = withEvents([], HTTP_PROVIDER);
    expect(authorizers).toMatchObject([
      { gateway: "http", name: "claimgate", type: "request", resultTtl: 0, identitySources: [] },
      { gateway: "http", name: "shared", resultTtl: undefined, identitySources: undefined },
    ]);
  });
});

describe("the authorizer of a route of a REST API", () => {
  const read = (authorizer: unknown) => {
    const { routes, authorizers } = withEvents([{ http: { method: "get", path: "x", authorizer } }]);
    return { before: routes[0]?.authorizer, settings: authorizers };
  };

  it("reads a function's name as TOKEN without a TTL", () => {
    expect(read("auth")).toMatchObject({
      before: { kind: "lambda", name: "auth" },
      settings: [
        { name: "auth", type: "token", stringForm: true, resultTtl: undefined, identitySources: [] },
      ],
    });
  });

  it("reads the settings of an object", () => {
    const identitySource = "method.request.header.Authorization, context.path";
    expect(read({ name: "auth", type: "REQUEST", identitySource, resultTtlInSeconds: "5" })).toMatchObject({
      before: { kind: "lambda", name: "auth" },
      settings: [
        {
          type: "request",
          stringForm: false,
          resultTtl: 5,
          identitySources: ["method.request.header.Authorization", "context.path"],
        },
      ],
    });
  });

  it("reads ARNs of functions as another stack's, with the settings of this one", () => {
    expect(read("arn:aws:lambda:eu-west-1:111122223333:function:shared-dev-auth")).toMatchObject({
      before: { kind: "other", name: "auth" },
      settings: [{ name: "auth", stringForm: true }],
    });
    expect(read({ name: "shared", arn: { "Fn::ImportValue": "x" } })).toMatchObject({
      before: { kind: "other", name: "shared" },
      settings: [{ name: "shared", stringForm: false }],
    });
  });

  it.each([
    ["arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_abc", []],
    [{ name: "pool", type: "COGNITO_USER_POOLS", arn: { "Fn::GetAtt": ["UserPool", "Arn"] } }, []],
    [{ type: "cognito_user_pools", authorizerId: { Ref: "A" }, scopes: ["a/b"] }, ["a/b"]],
  ])("reads %j as native", (authorizer, scopes) => {
    expect(read(authorizer)).toMatchObject({ before: { kind: "native", scopes }, settings: [] });
  });

  it.each(["aws_iam", "AWS_IAM", { type: "AWS_IAM" }])("reads %j as AWS_IAM", (authorizer) => {
    expect(read(authorizer)).toEqual({ before: { kind: "foreign", name: "AWS_IAM" }, settings: [] });
  });

  it("leaves the settings of functions that are not claimgate's alone", () => {
    expect(read("others")).toEqual({ before: { kind: "foreign", name: "others" }, settings: [] });
  });

  it("follows an authorizer id to the resource of this stack", () => {
    const authorizer = { type: "request", authorizerId: { Ref: "Mine" } };
    const uri = {
      "Fn::Sub": "arn:aws:apigateway:x:lambda:path/functions/${AuthLambdaFunction.Arn}/invocations",
    };
    const Properties = { Type: "REQUEST", AuthorizerUri: uri, AuthorizerResultTtlInSeconds: 60 };
    const service = readService(
      {
        functions: {
          auth: { environment: TOLD },
          api: { events: [{ http: { method: "get", path: "x", authorizer } }] },
        },
        resources: { Resources: { Mine: { Type: "AWS::ApiGateway::Authorizer", Properties } } },
      },
      "",
    );
    expect(service.routes[0]?.authorizer).toEqual({ kind: "lambda", name: "Mine" });
    expect(service.authorizers).toMatchObject([{ name: "Mine", type: "request", resultTtl: 60 }]);
    expect(read(authorizer)).toEqual({ before: { kind: "other", name: "Mine" }, settings: [] });
  });

  it("takes every function for claimgate's where none is told a pool", () => {
    const events = [{ http: { method: "get", path: "x", authorizer: "auth" } }];
    const service = readService({ functions: { auth: {}, api: { events } } }, "");
    expect(service.routes[0]?.authorizer).toEqual({ kind: "lambda", name: "auth" });
  });
});

describe("the authorizer of a WebSocket API", () => {
  const read = (authorizer: unknown) => withEvents([{ websocket: { route: "$connect", authorizer } }]);

  it.each([
    ["auth", "lambda", "auth", []],
    [{ name: "auth" }, "lambda", "auth", []],
    [
      { name: "auth", identitySource: ["route.request.header.Authorization"] },
      "lambda",
      "auth",
      ["route.request.header.Authorization"],
    ],
    ["arn:aws:lambda:eu-west-1:111122223333:function:shared", "other", "shared", []],
  ])("reads %j", (authorizer, kind, name, identitySources) => {
    const service = read(authorizer);
    expect(service.routes[0]?.authorizer).toEqual({ kind, name });
    expect(service.authorizers).toMatchObject([{ gateway: "websocket", name, identitySources }]);
  });

  it("leaves functions of others alone", () => {
    expect(read("others").routes[0]?.authorizer).toEqual({ kind: "foreign", name: "others" });
  });
});

describe("the user pool", () => {
  const group = (GroupName: unknown) => ({ Type: "AWS::Cognito::UserPoolGroup", Properties: { GroupName } });

  it("knows the groups of its own pool, also from a list of sections", () => {
    const sections = [
      { Resources: { UserPool: POOL } },
      { Resources: { A: group("a"), B: group({ "Fn::Sub": "b" }) } },
    ];
    expect(withResources(sections).groups).toEqual([
      { name: "a", at: TOP },
      { name: "b", at: TOP },
    ]);
  });

  it("does not know the groups of another stack's pool, or of one whose names are not known yet", () => {
    expect(withResources({ Resources: { A: group("a") } }).groups).toBeUndefined();
    const named = { Resources: { UserPool: POOL, A: group({ "Fn::Sub": "${AWS::Region}-a" }) } };
    expect(withResources(named).groups).toBeUndefined();
    const own = { Resources: { UserPool: POOL, A: group("a") } };
    const imported = { CLAIMGATE_USER_POOL_ID: { "Fn::ImportValue": "pool" } };
    expect(withResources(own, imported).groups).toBeUndefined();
  });

  it("leaves out a group that CloudFormation names", () => {
    const resources = { UserPool: POOL, A: { Type: "AWS::Cognito::UserPoolGroup", Properties: {} } };
    expect(withResources({ Resources: resources }).groups).toEqual([]);
  });

  it("knows scopes, also of an identifier that is referred to", () => {
    const server = (Identifier: unknown) => ({
      Type: "AWS::Cognito::UserPoolResourceServer",
      Properties: { Identifier, Scopes: [{ ScopeName: "read" }] },
    });
    const Resources = { UserPool: POOL, Orders: server("orders") };
    expect(withResources({ Resources }).scopes).toEqual(["orders/read"]);
    const unknown = { ...Resources, Other: server({ "Fn::Sub": "https://${Domain}" }) };
    expect(withResources({ Resources: unknown }).scopes).toBeUndefined();
    expect(withResources({ Resources: { UserPool: POOL } }).scopes).toEqual([]);
  });

  describe("app clients", () => {
    const Resources = {
      UserPool: POOL,
      Orders: { Type: "AWS::Cognito::UserPoolResourceServer", Properties: { Identifier: "orders" } },
      WebClient: {
        Type: "AWS::Cognito::UserPoolClient",
        Properties: {
          WriteAttributes: ["email"],
          AllowedOAuthFlows: ["code"],
          AllowedOAuthScopes: [
            "openid",
            { "Fn::Sub": "${Orders}/read" },
            { "Fn::Join": ["/", [{ Ref: "Orders" }, "write"]] },
          ],
        },
      },
      Hidden: { Type: "AWS::Cognito::UserPoolClient" },
    };
    const read = (CLAIMGATE_APP_CLIENTS: unknown) =>
      withResources({ Resources }, { ...TOLD, CLAIMGATE_APP_CLIENTS });

    it.each([
      [{ "Fn::Sub": '{"web":"${WebClient}"}' }],
      [{ "Fn::Sub": ['{"web":"${id}"}', { id: { Ref: "WebClient" } }] }],
      [{ "Fn::Join": ["", ['{"web":"', { Ref: "WebClient" }, '"}']] }],
    ])("have the names of %j", (value) => {
      const { clients, clientNames } = read(value);
      expect(clientNames).toEqual(["web"]);
      expect(clients).toMatchObject([
        {
          name: "web",
          at: TOP,
          writeAttributes: ["email"],
          scopes: ["openid", "orders/read", "orders/write"],
          flows: ["code"],
        },
        { name: "Hidden", at: TOP, writeAttributes: undefined, scopes: [], flows: [] },
      ]);
    });

    it("have their names from plain JSON with ids", () => {
      expect(read('{"web":"1h57kf5cpq17m0eml12EXAMPLE"}').clientNames).toEqual(["web"]);
    });

    it("that the stage has switched off keep the names that the policy gives them", () => {
      const custom = { claimgate: { clientsSwitchedOff: ["ReportingClient"] } };
      expect(readService({ custom }, "").clientsSwitchedOff).toEqual(["reporting"]);
    });

    it.each([{ "Fn::ImportValue": "clients" }, "no JSON", "[1]", undefined])(
      "have no known names in %j",
      (value) => {
        expect(read(value).clientNames).toBeUndefined();
      },
    );
  });

  it("knows what the identity pool decides by", () => {
    const rule = { Claim: "cognito:groups", MatchType: "Contains", Value: "a", RoleARN: "x" };
    const Resources = {
      IdentityPool: { Type: "AWS::Cognito::IdentityPool" },
      Tags: {
        Type: "AWS::Cognito::IdentityPoolPrincipalTag",
        Properties: { PrincipalTags: { tenant: "custom:tenant_id" } },
      },
      Roles: {
        Type: "AWS::Cognito::IdentityPoolRoleAttachment",
        Properties: {
          RoleMappings: {
            web: { Type: "Rules", RulesConfiguration: { Rules: [rule] } },
            x: { Type: "Token" },
          },
        },
      },
      FinanceRole: { Type: "AWS::IAM::Role" },
    };
    const service = withResources({ Resources });
    expect(service.identityPool).toEqual({
      roles: ["FinanceRole"],
      principalTags: [{ tag: "tenant", claim: "custom:tenant_id", at: TOP }],
      rules: [{ at: TOP, claim: "cognito:groups", matchType: "Contains", value: "a" }],
    });
    expect(service.resourceCount).toBe(4);
    expect(withResources({ Resources: { UserPool: POOL } }).identityPool).toBeUndefined();
  });

  it("knows which claims are copied", () => {
    const { copiedClaims } = withResources(
      {},
      { CLAIMGATE_COPIED_CLAIMS: '{"tenant_id":"custom:tenant_id"}' },
    );
    expect([...copiedClaims]).toEqual([["tenant_id", "custom:tenant_id"]]);
    expect(withResources({}, { CLAIMGATE_COPIED_CLAIMS: { Ref: "P" } }).copiedClaims.size).toBe(0);
  });
});

describe("anything else", () => {
  it.each([undefined, null, [], "text", { functions: [], resources: null }, { functions: { f: null } }])(
    "reads %j as a service without anything",
    (resolved) => {
      expect(readService(resolved, "")).toMatchObject({ routes: [], authorizers: [], groups: undefined });
    },
  );
});

describe("places", () => {
  it("are those of serverless.yml and of the files that it includes", () => {
    const text = `provider:
  httpApi:
    authorizers:
      claimgate: { type: request, functionName: auth }
functions:
  auth: { handler: auth.handler }
  api:
    events:
      - httpApi: GET /health
      - http: { method: get, path: orders, authorizer: auth }
resources: \${file(resources.yml)}
`;
    const included = `Resources:
  Finance:
    Properties: { GroupName: finance }
  WebClient:
    Type: AWS::Cognito::UserPoolClient
  Tags:
    Properties: { PrincipalTags: { tenant: "custom:tenant_id" } }
  Roles:
    Properties:
      RoleMappings: { web: { RulesConfiguration: { Rules: [{ Value: a }, { Value: b }] } } }
`;
    const events = [
      { httpApi: "GET /health" },
      { http: { method: "get", path: "orders", authorizer: "auth" } },
      { httpApi: "GET /nowhere" },
    ];
    const PrincipalTags = { tenant: "custom:tenant_id" };
    const RoleMappings = { web: { RulesConfiguration: { Rules: [{ Value: "a" }, { Value: "b" }] } } };
    const Finance = { Type: "AWS::Cognito::UserPoolGroup", Properties: { GroupName: "finance" } };
    const service = readService(
      {
        provider: HTTP_PROVIDER,
        functions: { auth: { environment: TOLD }, api: { events } },
        resources: {
          Resources: {
            UserPool: POOL,
            Finance,
            WebClient: { Type: "AWS::Cognito::UserPoolClient" },
            IdentityPool: { Type: "AWS::Cognito::IdentityPool" },
            Tags: { Type: "AWS::Cognito::IdentityPoolPrincipalTag", Properties: { PrincipalTags } },
            Roles: { Type: "AWS::Cognito::IdentityPoolRoleAttachment", Properties: { RoleMappings } },
          },
        },
      },
      text,
      "serverless.yml",
      (path) => (path === "resources.yml" ? included : undefined),
    );
    const shown = ({ at }: { readonly at?: At }) => `${at?.file}:${at?.line}:${at?.column}`;
    expect(service.routes.map(shown)).toEqual([
      "serverless.yml:9:9",
      "serverless.yml:10:9",
      "serverless.yml:8:5",
    ]);
    expect(service.authorizers.map(shown)).toEqual([
      "serverless.yml:4:7",
      "serverless.yml:3:5",
      "serverless.yml:10:44",
    ]);
    expect(service.groups?.map(shown)).toEqual(["resources.yml:3:19"]);
    expect(service.clients.map(shown)).toEqual(["resources.yml:4:3"]);
    expect(service.identityPool?.principalTags.map(shown)).toEqual(["resources.yml:7:36"]);
    expect(service.identityPool?.rules.map(shown)).toEqual(["resources.yml:10:60", "resources.yml:10:74"]);
  });
});
