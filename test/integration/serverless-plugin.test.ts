import { existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { objectOf } from "../../src/json.ts";
import { LOCAL } from "../../src/tools/local/identifiers.ts";
import { SIGN_UP_REFUSED } from "../../src/triggers/pre-sign-up.ts";
import { consumerProject } from "../support/consumer-project.ts";
import { consumerService, nobody, PLUGIN_ORDERS, staff } from "../support/consumer-service.ts";

// claimgate/serverless in a project of somebody else: the packed package, osls and serverless-esbuild.

const project = consumerProject(["serverless", "serverless-esbuild", "esbuild"]);
const service = consumerService(project);
const { edited } = service;
afterAll(() => project.remove());

describe.each(Object.entries(PLUGIN_ORDERS))(
  "a service that lists claimgate/serverless %s serverless-esbuild",
  (_, plugins) => {
    let version: unknown;

    beforeAll(() => {
      service.packaged([PLUGIN_ORDERS.before, plugins]);
      version = objectOf(project.template().Outputs["ClaimgatePolicyVersion"])["Value"];
    }, 120_000);

    it("gets authorizers that allow what the policy allows, and nothing else", () => {
      const allowed = { answer: { isAuthorized: true } };
      const denied = { answer: { isAuthorized: false } };
      expect(service.http(staff())).toMatchObject(allowed);
      expect(service.http(nobody())).toMatchObject(denied);
      expect(service.http(nobody(), "/orders", "GET /orders")).toMatchObject(allowed);
      expect(service.http(`${staff()}x`)).toMatchObject(denied);
    }, 60_000);

    it("gets a REST authorizer that answers 401 without a valid token", () => {
      expect(JSON.stringify(service.rest(staff()))).toContain('"Effect":"Allow"');
      expect(JSON.stringify(service.rest(nobody()))).toContain('"Effect":"Deny"');
      expect(service.rest(`${staff()}x`)).toEqual({ error: "Unauthorized" });
    }, 60_000);

    it("gets triggers that decide by the same rows", () => {
      const event = { version: "1", region: "us-east-1", userPoolId: LOCAL.userPoolId, userName: "17" };
      const attributes = { sub: "17", email: "ann@example.org", "custom:claimgate_assigned": "2026-11-29" };
      const refused = project.invoke("preSignUp", {
        ...event,
        triggerSource: "PreSignUp_SignUp",
        request: { userAttributes: { email: attributes.email }, validationData: null },
        response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
      });
      expect(refused).toEqual({ error: SIGN_UP_REFUSED });
      const token = project.invoke("preTokenGeneration", {
        ...event,
        version: "3",
        triggerSource: "TokenGeneration_HostedAuth",
        request: { userAttributes: attributes, groupConfiguration: { groupsToOverride: ["staff"] } },
        response: {},
      });
      expect(JSON.stringify(token)).toContain('"roles":["clerk"]');
    }, 60_000);

    it("shows the version of the policy in its output and in every function that has it", () => {
      expect(version).toMatch(/^[0-9a-f]{16}$/);
      for (const key of ["HttpAuthorizer", "RestAuthorizer", "WebsocketAuthorizer", "PreTokenGeneration"]) {
        const environment = objectOf(project.properties(`${key}LambdaFunction`)["Environment"]);
        expect(objectOf(environment["Variables"])["CLAIMGATE_POLICY_VERSION"]).toBe(version);
      }
      expect(project.properties("OrdersLambdaFunction")["Environment"]).toBeUndefined();
    });

    it("gets archives without the SDK, without casbin in triggers, and without the rows in other functions", () => {
      expect(project.archiveSize("postConfirmation")).toBeLessThan(16_000);
      expect(project.archiveSize("preSignUp")).toBeLessThan(20_000);
      expect(project.archiveSize("httpAuthorizer")).toBeLessThan(94_000);
      expect(project.archiveSize("orders")).toBeLessThan(2_000);
    });
  },
);

describe("the template of such a service", () => {
  beforeAll(() => service.packaged(), 120_000);

  it("gives authorizers the pool and the clients of the settings", () => {
    const { Variables: variables } = objectOf(
      project.properties("HttpAuthorizerLambdaFunction")["Environment"],
    );
    expect(variables).toMatchObject({
      CLAIMGATE_USER_POOL_ID: { Ref: "UserPool" },
      CLAIMGATE_APP_CLIENTS: {
        "Fn::Sub": '{"web":"${WebClient}","reporting":"localreportingclient000001"}',
      },
    });
  });

  it("has an authorizer for each kind of API, without a cache", () => {
    expect(project.properties("HttpApiAuthorizerClaimgate")).toMatchObject({
      EnableSimpleResponses: true,
      AuthorizerPayloadFormatVersion: "2.0",
      AuthorizerResultTtlInSeconds: 0,
      IdentitySource: ["$request.header.Authorization"],
    });
    expect(project.properties("RestAuthorizerApiGatewayAuthorizer")).toMatchObject({
      Type: "REQUEST",
      AuthorizerResultTtlInSeconds: 0,
    });
    expect(project.properties("WebsocketAuthorizerWebsocketsAuthorizer")).toMatchObject({
      IdentitySource: ["route.request.header.Sec-WebSocket-Protocol"],
    });
  });

  it("lets no WebSocket API but its own call the functions", () => {
    const resources = Object.entries(project.template().Resources);
    const permissions = resources.filter(([id]) => id.endsWith("LambdaPermissionWebsockets"));
    expect(permissions).not.toEqual([]);
    for (const [id] of permissions) {
      expect(project.properties(id)["SourceArn"]).toEqual({
        "Fn::Sub": expect.stringMatching(/:execute-api:.*:\$\{WebsocketsApi\}\/\*$/) as string,
      });
    }
  });

  it("wires the triggers: the pool calls them, and may", () => {
    const arn = (id: string) => ({ "Fn::GetAtt": [id, "Arn"] });
    expect(project.properties("UserPool")["LambdaConfig"]).toEqual({
      PreSignUp: arn("PreSignUpLambdaFunction"),
      PostConfirmation: arn("PostConfirmationLambdaFunction"),
      PreTokenGenerationConfig: {
        LambdaArn: arn("PreTokenGenerationLambdaFunction"),
        LambdaVersion: "V3_0",
      },
    });
    expect(project.properties("PreSignUpPermission")).toMatchObject({
      Principal: "cognito-idp.amazonaws.com",
      SourceArn: arn("UserPool"),
    });
    expect(project.properties("PreSignUpLambdaFunction")["Role"]).toEqual(arn("PreSignUpRole"));
  });

  it("has the groups and scopes of the policy", () => {
    expect(project.properties("StaffGroup")).toEqual({ UserPoolId: { Ref: "UserPool" }, GroupName: "staff" });
    expect(project.properties("OrdersApi")["Scopes"]).toEqual([
      { ScopeName: "orders.read", ScopeDescription: "orders.read" },
    ]);
  });

  it("passes the checks of the command too", () => {
    const { output } = project.sls("claimgate", "check", "--packaged");
    expect(output).toMatch(/\d+ errors?, \d+ warnings?/);
    expect(output).not.toMatch(/trigger-not-wired|marker-missing|missing-permission|wide-permission/);
  }, 60_000);
});

it("packages the first example of docs/serverless-plugin.md, in a service with a pool", () => {
  const [, example = ""] =
    /^```yaml\n([\s\S]*?)^```$/m.exec(readFileSync("docs/serverless-plugin.md", "utf8")) ?? [];
  edited();
  const resources = /^resources:[\s\S]*/m.exec(project.read("serverless.yml"))?.[0] ?? "";
  const provider = "service: shop\nprovider: { name: aws, runtime: nodejs20.x }\n";
  // The policy of the fixture has a scope, too.
  const text = example.replace("groups: true\n", "groups: true\n    scopes: true\n");
  project.write("serverless.yml", `${provider}${text}${resources}`);
  expect(project.sls("package")).toMatchObject({ status: 0 });
  expect(service.http(nobody(), "/orders", "GET /orders")).toMatchObject({ answer: { isAuthorized: true } });
}, 120_000);

describe("what serverless.yml and the policy must not say", () => {
  it.each([
    [
      "a setting that does not exist",
      "    groups: true",
      "    group: true",
      /serverless\.yml:\d+:\d+: unknown setting `custom\.claimgate\.group`; did you mean `groups`\?/,
    ],
    [
      "an options file without the plugin",
      "custom:\n",
      "custom:\n  esbuild: { config: ./options.cjs }\n",
      /`custom\.esbuild\.config` is `\.\/options\.cjs`.*`plugins: \[require\("claimgate\/esbuild"\)\.claimgatePolicy\(\)\]`/,
    ],
    [
      "a trigger that is not wired",
      "      Properties:\n        Schema",
      "      Properties:\n        LambdaConfig: { PreSignUp: arn:aws:lambda:us-east-1:111122223333:function:mine }\n        Schema",
      /PreSignUpLambdaFunction: is a trigger.*\[trigger-not-wired\]/,
    ],
  ] as const)(
    "%s",
    (_, old, next, said) => {
      project.write("options.cjs", "module.exports = () => ({ bundle: true });\n");
      edited([old, next]);
      const { status, output } = project.sls("package");
      expect(output).toMatch(said);
      expect(status).toBe(1);
    },
    60_000,
  );

  // One law, two shells: the place is the same in both, except of a resource in the template.
  it.each([
    [
      "a pool that does not exist",
      "userPool: UserPool",
      "userPool: UserPol",
      /serverless\.yml:\d+:\d+: (error: )?`custom\.claimgate\.userPool` is `UserPol`/,
    ],
    [
      "an app client that does not exist",
      "web: WebClient",
      "web: WebClent",
      /serverless\.yml:\d+:\d+: (error: )?`custom\.claimgate\.appClients\.web` is `WebClent`/,
    ],
    [
      "a pool of another region than that of its app client",
      "userPool: UserPool",
      "userPool: eu-central-1_Elsewhere",
      /serverless\.yml:\d+:\d+: (error: )?`custom\.claimgate\.appClients\.web` is `WebClient`, an app client of the pool `UserPool`/,
    ],
    [
      "a pool without the attribute that post-confirmation writes",
      "        Schema: [{ Name: claimgate_assigned, AttributeDataType: String, Mutable: true }]",
      "        UsernameConfiguration: { CaseSensitive: false }",
      /(serverless\.yml:\d+:\d+: error: `UserPool\.Schema`|UserPool\.Schema:) has no attribute `claimgate_assigned`/,
    ],
    [
      "an app client that may write that attribute",
      "WriteAttributes: [email]",
      'WriteAttributes: [email, "custom:claimgate_assigned"]',
      /(serverless\.yml:\d+:\d+: error: `WebClient\.WriteAttributes`|WebClient\.WriteAttributes:) has `custom:claimgate_assigned`/,
    ],
    [
      "an event with an authorizer that does not exist",
      "path: /orders, authorizer: claimgate",
      "path: /orders, authorizer: claimgat",
      /serverless\.yml:\d+:\d+: (error: )?`GET \/orders` has the authorizer `claimgat`, which does not exist/,
    ],
    [
      "a handler whose file is missing",
      "functions:\n",
      "functions:\n  httpAuthorizer: { handler: src/order.handler }\n",
      /serverless\.yml:\d+:\d+: (error: )?`functions\.httpAuthorizer\.handler` is `src\/order\.handler`, but there is no file/,
    ],
    [
      "an unknown variable",
      "runtime: nodejs20.x }",
      "runtime: nodejs20.x, environment: { CLAIMGATE_LOG_INPUT: hashed } }",
      /serverless\.yml:\d+:\d+: (error: )?.*CLAIMGATE_LOG_INPUT.*did you mean/,
    ],
  ] as const)(
    "%s: `check --service` finds it too",
    (_, old, next, said) => {
      edited([old, next]);
      const checked = project.node("node_modules/claimgate/dist/claimgate.cjs", "check", "--service");
      expect(checked.output).toMatch(said);
      expect(checked.status).toBe(3);
      const packaged = project.sls("package");
      expect(packaged.output).toMatch(said);
      expect(packaged.status).toBe(1);
    },
    60_000,
  );

  it("a package in devDependencies, which the archive of a function without a bundler lacks", () => {
    edited(
      ["  - serverless-esbuild\n", ""],
      ["functions:\n", "functions:\n  httpAuthorizer: { handler: src/gate.handler }\n"],
    );
    project.write("src/gate.js", 'exports.handler = require("claimgate/lambda").httpAuthorizer();\n');
    project.write("package.json", '{"name":"shop","devDependencies":{"claimgate":"0.1.0"}}');
    const said =
      /serverless\.yml:\d+:\d+: (error: )?`functions\.httpAuthorizer\.handler` is `src\/gate\.handler`, which imports claimgate \(src\/gate\.js:1\), but package\.json has it in `devDependencies`/;
    const checked = project.node("node_modules/claimgate/dist/claimgate.cjs", "check", "--service");
    const packaged = project.sls("package");
    project.write("package.json", '{"name":"shop","private":true}');
    expect(checked.output).toMatch(said);
    expect(packaged.output).toMatch(said);
    expect([checked.status, packaged.status]).toEqual([3, 1]);
  }, 60_000);

  it("settings in a service without the plugin: `check --service` says that nothing reads them", () => {
    edited(["  - claimgate/serverless\n", ""], ["authorizer: claimgate }", "}"]);
    const { status, output } = project.node(
      "node_modules/claimgate/dist/claimgate.cjs",
      "check",
      "--service",
    );
    expect(output).toMatch(
      /serverless\.yml:\d+:\d+: error: `custom\.claimgate` is set, but `claimgate\/serverless` is not in `plugins`/,
    );
    expect(output).not.toMatch(/group-not-created|route-without-authorizer/);
    expect(status).toBe(3);
  }, 60_000);

  it("a policy that is lost: the fix is not a new one, and its groups are not missed", () => {
    edited();
    renameSync(join(project.folder, "policies"), join(project.folder, "elsewhere"));
    const check = (...more: readonly string[]) =>
      project.node("node_modules/claimgate/dist/claimgate.cjs", "check", "--service", ...more).output;
    const [lost, other] = [check(), check("--policies", "elsewhere")];
    renameSync(join(project.folder, "elsewhere"), join(project.folder, "policies"));
    expect(lost).toContain(
      "serverless.yml is set up for claimgate: restore the directory from version control",
    );
    expect(other).toMatch(/serverless\.yml:\d+:\d+: error: `custom\.claimgate\.policies` is `policies`/);
    expect(other).not.toMatch(/group-not-created|scope-unknown/);
  }, 60_000);

  it("a route without a row: with its place in serverless.yml", () => {
    edited(["path: /orders,", "path: /order,"]);
    const { status, output } = project.sls("package");
    expect(output).toMatch(/serverless\.yml:\d+:\d+: the policy has no `g2` row for `GET \/order`/);
    expect(status).toBe(1);
  }, 60_000);

  it("an error in a row: with its place, and packaging ends", () => {
    edited();
    const bad = "p, group:staff, orders:read, alow\n";
    const { status, output } = service.packagedWith("policies/roles.csv", (rows) => rows + bad);
    expect(output).toMatch(/policies\/roles\.csv:7:30: the effect is `alow`/);
    expect(status).toBe(1);
  }, 60_000);

  it("a build that fails: packaging ends", () => {
    edited();
    const missing = 'export { handler } from "./missing.js";\n';
    const { status, output } = service.packagedWith("src/orders.js", () => missing);
    expect(output).toContain('Could not resolve "./missing.js"');
    expect(status).toBe(1);
  }, 60_000);
});

describe("a service with builds of its own", () => {
  it("keeps its plugins, in a list or in a file, besides ours", () => {
    project.write(
      "esbuild plugins.cjs",
      `const { writeFileSync } = require("node:fs");
       module.exports = (serverless) => [{
         name: "own",
         setup: () => writeFileSync("own-plugin.txt", serverless.service.service),
       }];`,
    );
    edited(["custom:\n", 'custom:\n  esbuild: { plugins: "esbuild plugins.cjs" }\n']);
    expect(project.sls("package")).toMatchObject({ status: 0 });
    expect(project.read("own-plugin.txt")).toBe("shop");
    expect(service.http(staff())).toMatchObject({ answer: { isAuthorized: true } });
  }, 120_000);

  it("may put the policy into the bundles by its options file", () => {
    project.write(
      "options.cjs",
      'module.exports = () => ({ bundle: true, skipRebuild: true, plugins: [require("claimgate/esbuild").claimgatePolicy()] });\n',
    );
    edited(["custom:\n", "custom:\n  esbuild: { config: ./options.cjs }\n"]);
    expect(project.sls("package")).toMatchObject({ status: 0 });
    expect(service.http(staff())).toMatchObject({ answer: { isAuthorized: true } });
  }, 120_000);

  it("has handlers and keys of its own, and what it says of a function stays", () => {
    project.write(
      "src/authorizer.ts",
      'import { httpAuthorizer } from "claimgate/lambda";\nexport const handler = httpAuthorizer();\n',
    );
    edited(
      ["[http, rest, websocket]", "{ http: gate, rest: restAuthorizer, websocket: socketGate }"],
      [
        "functions:\n",
        "functions:\n  gate: { handler: src/authorizer.handler, memorySize: 512, environment: { CLAIMGATE_LOG_INPUTS: hashed } }\n",
      ],
    );
    const { status, output } = project.sls("package");
    expect([status, output]).toEqual([0, expect.anything()]);
    expect(project.properties("GateLambdaFunction")).toMatchObject({
      Handler: "src/authorizer.handler",
      MemorySize: 512,
      Environment: {
        Variables: { CLAIMGATE_LOG_INPUTS: "hashed", CLAIMGATE_USER_POOL_ID: { Ref: "UserPool" } },
      },
    });
    expect(project.properties("SocketGateLambdaFunction")["Handler"]).toBe(".claimgate/socketGate.handler");
  }, 120_000);

  it("may write its functions as a list, and a macro among the resources", () => {
    edited(
      ["functions:\n  orders:\n", "functions:\n  - httpAuthorizer: { memorySize: 512 }\n  - orders:\n"],
      [
        "    handler: src/orders.handler\n    events:\n",
        "      handler: src/orders.handler\n      events:\n",
      ],
      ["  Resources:\n", "  Resources:\n    Fn::Transform: { Name: AWS::Include }\n"],
    );
    const { status, output } = project.sls("package");
    expect([status, output]).toEqual([0, expect.anything()]);
    expect(project.properties("HttpAuthorizerLambdaFunction")).toMatchObject({
      MemorySize: 512,
      Environment: { Variables: { CLAIMGATE_USER_POOL_ID: { Ref: "UserPool" } } },
    });
    expect(project.properties("PreSignUpLambdaFunction")["Role"]).toEqual({
      "Fn::GetAtt": ["PreSignUpRole", "Arn"],
    });
    expect(project.template().Resources["Fn::Transform"]).toEqual({ Name: "AWS::Include" });
  }, 120_000);

  it("may have no bundler, and a compiled policy of its own", () => {
    project.write(
      "src/gate.js",
      `const { httpAuthorizer } = require("claimgate/lambda");
       const { assemblePolicy } = require("claimgate/policy");
       exports.handler = httpAuthorizer({ policy: assemblePolicy(require("./policy.json")) });`,
    );
    const compile = () =>
      project.node("node_modules/claimgate/dist/claimgate.cjs", "compile", "--output", "src/policy.json");
    expect(compile()).toMatchObject({ status: 0 });
    edited(
      ["  - serverless-esbuild\n", ""],
      ["package: { individually: true }", 'package: { patterns: ["!**", "src/**"] }'],
      ["[http, rest, websocket]", "{ http: gate }\n    compiled: src/policy.json"],
      ["    triggers: [preSignUp, postConfirmation, preTokenGeneration]\n", ""],
      ["functions:\n", "functions:\n  gate: { handler: src/gate.handler }\n"],
      ['      - http: { method: GET, path: "/reports/{orderId}", authorizer: claimgate }\n', ""],
      ["      - websocket: { route: $connect, authorizer: claimgate }\n", ""],
    );
    const { status, output } = project.sls("package");
    expect([status, output]).toEqual([0, expect.anything()]);
    const { Variables: variables } = objectOf(project.properties("GateLambdaFunction")["Environment"]);
    expect(variables).toMatchObject({
      CLAIMGATE_USER_POOL_ID: { Ref: "UserPool" },
      CLAIMGATE_POLICY_VERSION: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
    });
  }, 120_000);

  it("may have no bundler: each function is one file with the policy, and needs no package", () => {
    project.write("package.json", '{"name":"shop","private":true,"type":"module"}');
    service.packaged(["  - serverless-esbuild\n", ""], ["package: { individually: true }", ""]);
    project.write("package.json", '{"name":"shop","private":true}');
    expect(service.http(staff())).toMatchObject({ answer: { isAuthorized: true } });
    expect(service.http(nobody())).toMatchObject({ answer: { isAuthorized: false } });
    expect(JSON.stringify(service.rest(staff()))).toContain('"Effect":"Allow"');
    const { Variables: variables } = objectOf(project.properties("PreSignUpLambdaFunction")["Environment"]);
    expect(variables).toMatchObject({
      CLAIMGATE_POLICY_VERSION: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
    });
    expect(project.read(".claimgate/httpAuthorizer.js")).not.toMatch(
      /require\("(?:casbin|aws-jwt-verify|claimgate)/,
    );
    expect(project.archiveSize("httpAuthorizer")).toBeLessThan(80_000);
    expect(project.archiveSize("preSignUp")).toBeLessThan(30_000);
  }, 120_000);

  it("keeps the generated handlers out of git", () => {
    expect(project.read(".claimgate/.gitignore")).toBe("*\n");
    expect(existsSync(`${project.folder}/.claimgate/socketGate.js`)).toBe(true);
  });
});

describe("a service whose pool is elsewhere", () => {
  it("gets permissions for that pool, and outputs for claimgate attach", () => {
    edited(
      ["userPool: UserPool", "userPool: us-east-1_Elsewhere"],
      ["web: WebClient", "web: 1h57kf5cpq17m0eml12example"],
    );
    project.write("serverless.yml", project.read("serverless.yml").replace(/^resources:[\s\S]*/m, ""));
    const { status, output } = project.sls("package");
    expect([status, output]).toEqual([0, expect.anything()]);
    expect(project.properties("PreSignUpPermission")["SourceArn"]).toEqual({
      "Fn::Sub":
        "arn:${AWS::Partition}:cognito-idp:${AWS::Region}:${AWS::AccountId}:userpool/us-east-1_Elsewhere",
    });
    expect(Object.keys(project.template().Outputs)).toEqual(
      expect.arrayContaining([
        "PreSignUpArn",
        "PostConfirmationArn",
        "PreTokenGenerationArn",
        "PreTokenGenerationVersion",
      ]),
    );
    expect(project.properties("StaffGroup")["UserPoolId"]).toBe("us-east-1_Elsewhere");
  }, 120_000);
});

describe("sls claimgate", () => {
  beforeAll(() => edited());

  it("is the command, with its arguments and its exit status", () => {
    expect(project.sls("claimgate", "explain", "group:staff", "GET /orders/{orderId}")).toMatchObject({
      status: 0,
    });
    const denied = project.sls(
      "claimgate",
      "explain",
      "role:authenticated",
      "GET /orders/{orderId}",
      "--format",
      "json",
    );
    expect(denied.status).toBe(2);
    expect(JSON.parse(denied.output)).toMatchObject({ effect: "deny" });
    expect(project.sls("claimgate", "test").status).toBe(1);
    expect(project.sls("claimgate", "check")).toMatchObject({ status: 0 });
  }, 120_000);

  it("compares with the routes of this service", () => {
    edited(["path: /orders,", "path: /order,"]);
    const { status, output } = project.sls("claimgate", "check");
    expect(output).toContain("the policy has no `g2` row for `GET /order`");
    expect(status).toBe(3);
  }, 60_000);

  it("is in the help of the framework", () => {
    expect(project.sls("claimgate", "--help").output).toMatch(/claimgate check +check the policy/);
  }, 60_000);
});
