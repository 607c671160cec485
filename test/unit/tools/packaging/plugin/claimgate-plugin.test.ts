import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Plugin, PluginBuild } from "esbuild";
import { objectOf } from "../../../../../src/json.ts";
import { ClaimgatePlugin } from "../../../../../src/tools/packaging/plugin/claimgate-plugin.ts";
import type { MutableSections } from "../../../../../src/tools/packaging/plugin/framework.ts";

const folder = mkdtempSync(join(tmpdir(), "claimgate-plugin-"));
mkdirSync(join(folder, "policies"));
writeFileSync(
  join(folder, "policies", "all.csv"),
  "p, group:staff, orders:read, allow\ng2, GET /orders, orders:read\n",
);
writeFileSync(join(folder, "options.cjs"), "module.exports = () => ({ bundle: true });\n");
writeFileSync(
  join(folder, "with-plugin.cjs"),
  'module.exports = (serverless) => ({ plugins: [{ name: "claimgate", setup() {} }], stage: serverless.service.provider.stage });\n',
);
writeFileSync(join(folder, "broken.cjs"), 'throw new Error("no such thing");\n');
afterAll(() => rmSync(folder, { recursive: true }));

const POOL = { Type: "AWS::Cognito::UserPool", Properties: {} };
const CLIENT = { Type: "AWS::Cognito::UserPoolClient", Properties: { UserPoolId: { Ref: "Pool" } } };

const COOKIE = {
  CLAIMGATE_TOKEN_COOKIE: "__Host-access_token",
  CLAIMGATE_COOKIE_ORIGINS: "https://app.example.com",
};

const ORDERS = {
  orders: {
    handler: "src/orders.handler",
    events: [{ httpApi: { method: "GET", path: "/orders", authorizer: "claimgate" } }],
  },
};

/** A service that the plugin accepts, with other members. */
function serviceWith(changes: MutableSections, claimgate: MutableSections = {}): MutableSections {
  return {
    service: "shop",
    provider: { name: "aws", stage: "dev" },
    plugins: ["claimgate/serverless", "serverless-esbuild"],
    functions: { ...ORDERS },
    resources: { Resources: { Pool: POOL, Web: CLIENT } },
    ...changes,
    custom: {
      claimgate: { userPool: "Pool", appClients: { web: "Web" }, authorizers: ["http"], ...claimgate },
      ...objectOf(changes["custom"]),
    },
  };
}

/** The plugin in a framework that has read the service. */
function framework(
  service: MutableSections,
  commands: readonly string[] = ["package"],
  isHelpRequest = false,
  options: { readonly env?: string | readonly string[] } = {},
) {
  writeFileSync(join(folder, "serverless.yml"), JSON.stringify(service, null, 2));
  const warnings: string[] = [];
  const serverless = {
    processedInput: { commands, isHelpRequest },
    configurationInput: service,
    service: { ...service } as MutableSections & { provider: MutableSections },
    serviceDir: folder,
    configurationFilename: "serverless.yml",
    version: "4.3.1",
    classes: { Error },
  };
  const log = { warning: (text: string) => void warnings.push(text) };
  const plugin = new ClaimgatePlugin(serverless, options, { log });
  return { plugin, serverless, warnings, initialize: () => plugin.hooks["initialize"]?.() };
}

const functionOf = (service: MutableSections, key: string) => objectOf(objectOf(service["functions"])[key]);

describe("before any hook", () => {
  it("declares the functions and authorizers of the settings, and the plugin of esbuild", () => {
    const { serverless } = framework(serviceWith({}, { triggers: ["preSignUp"] }));
    expect(functionOf(serverless.service, "httpAuthorizer")).toEqual({
      handler: ".claimgate/httpAuthorizer.handler",
    });
    expect(functionOf(serverless.service, "preSignUp")).toMatchObject({ timeout: 5 });
    expect(serverless.service.provider["httpApi"]).toMatchObject({
      authorizers: { claimgate: { functionName: "httpAuthorizer", resultTtlInSeconds: 0 } },
    });
    expect(objectOf(serverless.service["custom"])["esbuild"]).toMatchObject({
      plugins: [{ name: "claimgate" }],
      skipRebuild: true,
    });
  });

  it("adds to functions that are a list, or that are missing", () => {
    const listed = framework(serviceWith({ functions: [{ orders: { handler: "src/orders.handler" } }] }));
    expect(listed.serverless.service["functions"]).toContainEqual({
      httpAuthorizer: { handler: ".claimgate/httpAuthorizer.handler" },
    });
    const { functions: _, ...without } = serviceWith({});
    const { serverless } = framework(without);
    expect(functionOf(serverless.service, "httpAuthorizer")).toBeDefined();
    expect(serverless.configurationInput["functions"]).toBe(serverless.service["functions"]);
  });

  it("keeps what the service says, without changing what functions share", () => {
    const shared = { memorySize: 512 };
    const functions = { orders: shared, httpAuthorizer: shared };
    const { serverless } = framework(
      serviceWith({
        functions,
        provider: { stage: "dev", httpApi: { authorizers: { claimgate: { resultTtlInSeconds: 300 } } } },
        custom: { esbuild: { skipRebuild: false, plugins: [{ name: "own" }] } },
      }),
    );
    expect(functionOf(serverless.service, "httpAuthorizer")).toMatchObject({ memorySize: 512 });
    expect(shared).toEqual({ memorySize: 512 });
    expect(serverless.service.provider["httpApi"]).toMatchObject({
      authorizers: { claimgate: { resultTtlInSeconds: 300, functionName: "httpAuthorizer" } },
    });
    expect(objectOf(serverless.service["custom"])["esbuild"]).toMatchObject({
      skipRebuild: false,
      plugins: [{ name: "claimgate" }, { name: "own" }],
    });
  });

  it.each([["claimgate"], ["claimgate", "chek"]])(
    "refuses `sls %s %s`, which would do nothing",
    (...commands) => {
      expect(() => framework(serviceWith({}), commands)).toThrow(
        "`sls claimgate` has no command; write `check`, `test` or `explain` next, before any option",
      );
      expect(() => framework(serviceWith({}), commands, true)).not.toThrow();
    },
  );

  it("declares functions whose archive is their file alone where nothing bundles them", () => {
    const { serverless } = framework(serviceWith({ plugins: ["claimgate/serverless"] }));
    expect(functionOf(serverless.service, "httpAuthorizer")).toEqual({
      handler: ".claimgate/httpAuthorizer.handler",
      package: { individually: true, patterns: ["!**", ".claimgate/httpAuthorizer.js"] },
    });
  });

  it("declares nothing for help, where variables are not resolved", () => {
    const { serverless } = framework(serviceWith({}, { authorizers: "${env:NONE}" }), ["package"], true);
    expect(functionOf(serverless.service, "httpAuthorizer")).toEqual({});
  });

  it("stops a build whose file of plugins exports no list", async () => {
    const { serverless } = framework(serviceWith({ custom: { esbuild: { plugins: "./options.cjs" } } }));
    const { plugins } = objectOf(objectOf(serverless.service["custom"])["esbuild"]);
    const [, own] = plugins as readonly Plugin[];
    await expect(own?.setup({} as PluginBuild)).rejects.toThrow(
      "./options.cjs does not export a list of plugins",
    );
  });

  it("takes an options file that has the plugin or does not need it, and the esbuild of Serverless 4 with a file", () => {
    const withFile = serviceWith({ custom: { esbuild: { config: "./with-plugin.cjs" } } });
    expect(() => framework(withFile)).not.toThrow();
    const compiled = serviceWith(
      {
        functions: { httpAuthorizer: { handler: "src/gate.handler" } },
        custom: { esbuild: { config: "./options.cjs" } },
      },
      { compiled: "src/policy.json" },
    );
    expect(() => framework(compiled)).not.toThrow();
    const four = serviceWith({
      plugins: ["claimgate/serverless"],
      build: { esbuild: { configFile: "./options.cjs" } },
    });
    expect(() => framework(four)).not.toThrow();
  });

  it.each([
    [
      "an options file without the plugin",
      serviceWith({ custom: { esbuild: { config: "./options.cjs" } } }),
      '`custom.esbuild.config` is `./options.cjs`, which does not put the policy into the bundles; add to the options that it returns: `plugins: [require("claimgate/esbuild").claimgatePolicy()]`',
    ],
    [
      "an options file that does not load",
      serviceWith({ custom: { esbuild: { config: "./broken.cjs" } } }),
      "./broken.cjs does not load: no such thing",
    ],
    [
      "functions that are not known yet",
      serviceWith({ functions: "${ssm:/functions}" }),
      "`functions` is not a map when claimgate/serverless starts",
    ],
    [
      "a function that is not a map",
      serviceWith({ functions: { httpAuthorizer: "src/x.handler" } }),
      "`functions.httpAuthorizer` is not a map",
    ],
  ])("refuses %s", (_, service, message) => {
    expect(() => framework(service)).toThrow(message);
  });
});

describe("with resolved variables", () => {
  it("fills in the pool and the clients, unless the service does", () => {
    const { serverless, initialize } = framework(
      serviceWith({
        provider: { stage: "dev", environment: { CLAIMGATE_USER_POOL_ID: "eu-west-1_Own" } },
        functions: { httpAuthorizer: { environment: { CLAIMGATE_LOG_INPUTS: "hashed" } } },
      }),
      ["print"],
    );
    initialize();
    expect(functionOf(serverless.service, "httpAuthorizer")["environment"]).toEqual({
      CLAIMGATE_LOG_INPUTS: "hashed",
      CLAIMGATE_APP_CLIENTS: { "Fn::Sub": '{"web":"${Web}"}' },
    });
  });

  it("fills in functions that are a list, which the framework copies when it merges them", () => {
    const { serverless, initialize } = framework(
      serviceWith(
        { functions: [{ httpAuthorizer: { memorySize: 512 } }, ORDERS] },
        { triggers: ["postConfirmation"] },
      ),
      ["print"],
    );
    const sections = serverless.service["functions"] as readonly object[];
    serverless.service["functions"] = structuredClone(Object.assign({}, ...sections));
    initialize();
    expect(functionOf(serverless.service, "httpAuthorizer")).toMatchObject({
      memorySize: 512,
      environment: { CLAIMGATE_USER_POOL_ID: { Ref: "Pool" } },
    });
    expect(functionOf(serverless.service, "postConfirmation")).toMatchObject({
      role: "PostConfirmationRole",
    });
  });

  it("generates no handler where any section of a list has one", () => {
    const { serverless } = framework(
      serviceWith({
        functions: [
          { httpAuthorizer: { memorySize: 512 } },
          { httpAuthorizer: { handler: "src/gate.handler" } },
        ],
      }),
    );
    expect(serverless.service["functions"]).not.toContainEqual({
      httpAuthorizer: expect.objectContaining({ handler: ".claimgate/httpAuthorizer.handler" }) as unknown,
    });
  });

  it("gives functions that run here what the environment of the command has", () => {
    process.env["CLAIMGATE_USER_POOL_ID"] = "eu-west-1_Mine";
    const { serverless, warnings, initialize } = framework(serviceWith({}), ["offline"]);
    initialize();
    delete process.env["CLAIMGATE_USER_POOL_ID"];
    expect(functionOf(serverless.service, "httpAuthorizer")["environment"]).toEqual({
      CLAIMGATE_USER_POOL_ID: "eu-west-1_Mine",
    });
    expect(warnings).toContain(
      "CLAIMGATE_APP_CLIENTS is known only after the deployment; set it in the environment to run this function here",
    );
  });

  it.each([
    ["one -e", "CLAIMGATE_USER_POOL_ID=eu-west-1_Mine", ["CLAIMGATE_APP_CLIENTS"]],
    ["several", ["CLAIMGATE_USER_POOL_ID=eu-west-1_Mine", 'CLAIMGATE_APP_CLIENTS={"web":"a=b"}'], []],
  ])("says nothing of a variable that %s of `invoke local` sets", (_, env, missing) => {
    const { serverless, warnings, initialize } = framework(serviceWith({}), ["invoke", "local"], false, {
      env,
    });
    initialize();
    expect(functionOf(serverless.service, "httpAuthorizer")["environment"]).toEqual({
      CLAIMGATE_USER_POOL_ID: "eu-west-1_Mine",
      ...(missing.length === 0 && { CLAIMGATE_APP_CLIENTS: '{"web":"a=b"}' }),
    });
    const named = warnings.flatMap((text) => /^\w+(?= is known only after the deployment)/.exec(text) ?? []);
    expect(named).toEqual(missing);
  });

  it("completes the events of REST and WebSocket APIs, and keeps what they say", () => {
    const events = [
      { http: { method: "GET", path: "/a", authorizer: "claimgate" } },
      { http: { method: "GET", path: "/b", authorizer: { name: "claimgate", resultTtlInSeconds: 60 } } },
      { http: { method: "GET", path: "/c", authorizer: "claimgateToken" } },
      { http: { method: "GET", path: "/d", authorizer: "other" } },
      { http: "GET /e" },
      { websocket: { route: "$connect", authorizer: "claimgate" } },
    ];
    const { initialize } = framework(
      serviceWith({ functions: { orders: { events } } }, { authorizers: ["rest", "restToken", "websocket"] }),
      ["print"],
    );
    initialize();
    expect(events.map(({ http, websocket }) => objectOf(http ?? websocket)["authorizer"])).toEqual([
      {
        name: "restAuthorizer",
        type: "request",
        identitySource: "method.request.header.Authorization",
        resultTtlInSeconds: 0,
      },
      expect.objectContaining({ name: "restAuthorizer", resultTtlInSeconds: 60 }),
      expect.objectContaining({ name: "restTokenAuthorizer", type: "token" }),
      "other",
      undefined,
      { name: "websocketAuthorizer", identitySource: ["route.request.header.Sec-WebSocket-Protocol"] },
    ]);
  });

  it.each([
    ["the provider", { provider: { name: "aws", stage: "dev", environment: COOKIE } }, {}],
    [
      "the functions",
      {},
      { httpAuthorizer: { environment: COOKIE }, restAuthorizer: { environment: COOKIE } },
    ],
  ])("asks no client for a header if %s may take the token from a cookie", (_where, changes, functions) => {
    const events = [
      { http: { method: "GET", path: "/a", authorizer: "claimgate" } },
      { http: { method: "GET", path: "/b", authorizer: "claimgateToken" } },
    ];
    const service = serviceWith(
      { ...changes, functions: { orders: { events }, ...functions } },
      { authorizers: ["http", "rest", "restToken"] },
    );
    const { initialize } = framework(service, ["print"]);
    initialize();
    expect(objectOf(objectOf(service["provider"])["httpApi"])["authorizers"]).toEqual({
      claimgate: {
        functionName: "httpAuthorizer",
        type: "request",
        resultTtlInSeconds: 0,
        payloadVersion: "2.0",
        enableSimpleResponses: true,
      },
    });
    expect(events.map(({ http }) => http.authorizer)).toEqual([
      { name: "restAuthorizer", type: "request", resultTtlInSeconds: 0 },
      expect.objectContaining({ identitySource: "method.request.header.Authorization" }),
    ]);
  });

  it.each([
    [
      "an event whose kind of authorizer is not declared",
      serviceWith({
        functions: { orders: { events: [{ http: { method: "get", path: "a", authorizer: "claimgate" } }] } },
      }),
      /serverless\.yml:\d+:\d+: `custom\.claimgate\.authorizers` has no `rest`, but the event `GET \/a` of function `orders` has `authorizer: claimgate`; add `rest` \[setting-value\]/,
    ],
    [
      "an event of an HTTP API whose kind of authorizer is not declared",
      serviceWith({ functions: ORDERS }, { authorizers: ["rest"] }),
      /`custom\.claimgate\.authorizers` has no `http`, but the event `GET \/orders` of function `orders` has `authorizer: claimgate`; add `http`/,
    ],
    [
      "a generated handler that would run on something else than Node",
      serviceWith({ provider: { stage: "dev", runtime: "python3.13" } }),
      "the function `httpAuthorizer` of `custom.claimgate` needs Node, and its runtime is `python3.13`; add `httpAuthorizer: { runtime: nodejs22.x }` to `functions`",
    ],
    [
      "a directory that is not there",
      serviceWith({}, { policies: "polices", groups: true }),
      /serverless\.yml:\d+:\d+: `custom\.claimgate\.policies` is `polices`, which is not a directory/,
    ],
    [
      "an unknown variable",
      serviceWith(
        {
          functions: {
            ...ORDERS,
            httpAuthorizer: { environment: { CLAIMGATE_LOG_INPUT: "hashed" } },
          },
        },
        { groups: true },
      ),
      /serverless\.yml:\d+:\d+: .*`CLAIMGATE_LOG_INPUT`.*`CLAIMGATE_LOG_INPUTS`.*\[variable-unknown\]/,
    ],
    [
      "a resource with the name of a group",
      serviceWith({ resources: { Resources: { Web: CLIENT, StaffGroup: POOL } } }, { groups: true }),
      "the resource `StaffGroup` has the logical name that claimgate generates for the group `staff`",
    ],
  ])("refuses %s", (_, service, message) => {
    const { initialize } = framework(service);
    expect(() => initialize()).toThrow(message);
  });
});

describe("with the finished template", () => {
  const OWN = {
    ...ORDERS,
    httpAuthorizer: { handler: "src/gate.handler" },
  };
  const LAMBDA = { Type: "AWS::Lambda::Function", Properties: {} };

  function finished(service: MutableSections, resources: MutableSections) {
    const { plugin, serverless, initialize } = framework(service);
    initialize();
    const template = {
      Resources: { HttpAuthorizerLambdaFunction: LAMBDA, Web: CLIENT, ...resources },
      Outputs: {},
    };
    serverless.service.provider["compiledCloudFormationTemplate"] = template;
    plugin.hooks["after:aws:package:finalize:mergeCustomProviderResources"]?.();
    return template;
  }

  it("outputs the version of the policy", () => {
    const { Outputs } = finished(serviceWith({ functions: OWN }, { groups: true }), { Pool: POOL });
    expect(Outputs).toMatchObject({
      ClaimgatePolicyVersion: { Value: expect.stringMatching(/^[0-9a-f]{16}$/) as string },
    });
  });

  it("wires a pool of the tier Lite with the version that it has, and keeps what it says", () => {
    const service = serviceWith(
      { functions: { ...OWN, generate: { handler: "src/generate.handler" } } },
      { groups: true, triggers: { preTokenGeneration: "generate" } },
    );
    const config = { CustomMessage: "arn:aws:lambda:eu-west-1:111122223333:function:mail" };
    const lite = {
      ...POOL,
      Properties: {
        UserPoolTier: "LITE",
        LambdaConfig: config,
        Schema: [{ Name: "claimgate_assigned", AttributeDataType: "String", Mutable: true }],
      },
    };
    const { Resources } = finished(service, { Pool: lite, GenerateLambdaFunction: LAMBDA });
    expect(objectOf(objectOf(objectOf(Resources)["Pool"])["Properties"])["LambdaConfig"]).toEqual({
      ...config,
      PreTokenGenerationConfig: {
        LambdaArn: { "Fn::GetAtt": ["GenerateLambdaFunction", "Arn"] },
        LambdaVersion: "V1_0",
      },
    });
  });

  it("lets only the WebSocket API that the service names call its functions", () => {
    const websocketApiId = { Ref: "Chat" };
    const provider = { name: "aws", stage: "dev", apiGateway: { websocketApiId } };
    const name = { "Fn::GetAtt": ["FeedLambdaFunction", "Arn"] };
    const { Resources } = finished(serviceWith({ functions: OWN, provider }, { groups: true }), {
      Pool: POOL,
      Chat: { Type: "AWS::ApiGatewayV2::Api", Properties: { ProtocolType: "WEBSOCKET" } },
      FeedLambdaFunction: LAMBDA,
      FeedWebsocketsIntegration: {
        Type: "AWS::ApiGatewayV2::Integration",
        Properties: {
          ApiId: websocketApiId,
          IntegrationUri: {
            "Fn::Sub": "arn:aws:apigateway:x:lambda:path/functions/${FeedLambdaFunction.Arn}",
          },
        },
      },
      FeedLambdaPermissionWebsockets: {
        Type: "AWS::Lambda::Permission",
        Properties: {
          Action: "lambda:InvokeFunction",
          FunctionName: name,
          Principal: "apigateway.amazonaws.com",
        },
      },
    });
    expect(objectOf(Resources)["FeedLambdaPermissionWebsockets"]).toMatchObject({
      Properties: { SourceArn: { "Fn::Sub": [expect.any(String), { ApiId: websocketApiId }] } },
    });
  });

  it("refuses what it finds in the template, unless lint.json or the resource says why it may be so", () => {
    const service = () => serviceWith({ functions: OWN }, { groups: true });
    const web = { ...CLIENT, Properties: { ...CLIENT.Properties, AllowedOAuthScopes: ["shop/read"] } };
    const reason = "the scope is older than the template";
    const Metadata = { "claimgate-ignore": { "client-needs": reason } };
    const refused = /Web\.AllowedOAuthScopes\.0: names the scope `shop\/read`.*\[client-needs\]/;
    expect(() => finished(service(), { Pool: POOL, Web: web })).toThrow(refused);
    expect(finished(service(), { Pool: POOL, Web: { ...web, Metadata } })).toBeDefined();
    const switches = join(folder, "policies", "lint.json");
    writeFileSync(switches, JSON.stringify({ off: { "client-needs": reason } }));
    expect(finished(service(), { Pool: POOL, Web: web })).toBeDefined();
    rmSync(switches);
  });

  it("keeps a macro among the resources", () => {
    const macro = { Name: "AWS::Include", Parameters: { Location: "s3://shop/more.yml" } };
    const { Resources } = finished(serviceWith({ functions: OWN }, { groups: true }), {
      Pool: POOL,
      "Fn::Transform": macro,
    });
    expect(objectOf(Resources)["Fn::Transform"]).toEqual(macro);
  });

  it("refuses a pool that it does not have, and a function whose bundle has no policy", () => {
    const service = serviceWith({ functions: OWN }, { groups: true, userPool: "Pol" });
    expect(() => finished(service, { Pool: POOL })).toThrow(
      /`custom\.claimgate\.userPool` is `Pol`, which is not a user pool of the stack; did you mean `Pool`\?/,
    );
    expect(() => finished(serviceWith({}, { groups: true }), { Pool: POOL })).toThrow(
      "the bundle of function `httpAuthorizer` has no policy, because serverless-esbuild did not build it",
    );
  });
});
