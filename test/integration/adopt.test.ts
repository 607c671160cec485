import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { CheckJson } from "../../src/tools/cli/check/check-contract.ts";
import type { InitJson } from "../../src/tools/cli/init/init-contract.ts";
import { httpEvent, restEvent, tokenOf } from "../support/authorization.ts";
import { type ConsumerProject, consumerProject } from "../support/consumer-project.ts";
import { ENVIRONMENT } from "../support/consumer-service.ts";
import { withJwtAuthorizer } from "../support/native-service.ts";
import { proven, tokenEvent } from "../support/trigger-events.ts";

// `claimgate init` in a service with a user pool and native authorizers: the packed package edits it, the framework
// packages it, and its functions answer as its authorizers did before.

const SERVICE = `${withJwtAuthorizer("WebClient", "ReportingClient")}functions:
  orders: # all of them
    handler: src/orders.handler
    events:
      - httpApi: GET /health
      - httpApi: { method: GET, path: /orders, authorizer: jwt }
      - httpApi: { method: POST, path: /orders, authorizer: { name: jwt } }
      - httpApi:
          method: DELETE
          path: /orders/{orderId}
          authorizer:
            name: jwt
      - httpApi: { method: GET, path: /reports, authorizer: { name: jwt, scopes: [shop/reports.read] } }
      - http:
          method: get
          path: orders/{orderId}
          authorizer: { name: pool, type: COGNITO_USER_POOLS, arn: !GetAtt UserPool.Arn }
resources:
  Resources:
    UserPool:
      Type: AWS::Cognito::UserPool
    WebClient:
      Type: AWS::Cognito::UserPoolClient
      Properties:
        UserPoolId: !Ref UserPool
        WriteAttributes: [email]
        AllowedOAuthFlows: [code]
        AllowedOAuthScopes: [openid]
    ReportingClient:
      Type: AWS::Cognito::UserPoolClient
      DependsOn: Scopes
      Properties:
        UserPoolId: !Ref UserPool
        GenerateSecret: true
        WriteAttributes: [email]
        AllowedOAuthFlowsUserPoolClient: true
        AllowedOAuthFlows: [client_credentials]
        AllowedOAuthScopes: [shop/reports.read]
    Scopes:
      Type: AWS::Cognito::UserPoolResourceServer
      Properties:
        UserPoolId: !Ref UserPool
        Identifier: shop
        Name: shop
        Scopes: [{ ScopeName: reports.read, ScopeDescription: Read reports }]
`;

const user = () => tokenOf("alice", { "cognito:groups": undefined });
const machine = (scope: string) => tokenOf("reporting", { scope });

const project: ConsumerProject = consumerProject(["serverless", "serverless-esbuild", "esbuild"]);
afterAll(() => project.remove());

const claimgate = (...args: readonly string[]) =>
  project.node("node_modules/claimgate/dist/claimgate.cjs", ...args);

function fresh(plugin: string, files: Readonly<Record<string, string>>): void {
  for (const name of ["policies", "claimgate", ".serverless", "tsconfig.json"]) {
    rmSync(join(project.folder, name), { recursive: true, force: true });
  }
  project.write("serverless.yml", (plugin === "" ? "" : `plugins:\n  - ${plugin}\n`) + SERVICE);
  project.write("src/orders.js", "exports.handler = async () => ({ statusCode: 200 });\n");
  for (const [name, text] of Object.entries(files)) project.write(name, text);
}

const get = (rawPath: string, token: string) =>
  httpEvent({ routeKey: `GET ${rawPath}`, rawPath, headers: { authorization: `Bearer ${token}` } });

/** What the packaged authorizers answer, as their native ones did. */
function expectTheCallersOfBefore(invoke: (key: string, event: unknown) => unknown): void {
  const allowed = { answer: { isAuthorized: true } };
  const denied = { answer: { isAuthorized: false } };
  expect(invoke("httpAuthorizer", get("/orders", user()))).toMatchObject(allowed);
  expect(invoke("httpAuthorizer", get("/orders", machine("shop/reports.read")))).toMatchObject(allowed);
  expect(invoke("httpAuthorizer", get("/reports", machine("shop/reports.read")))).toMatchObject(allowed);
  expect(invoke("httpAuthorizer", get("/reports", machine("shop/other")))).toEqual(denied);
  expect(invoke("httpAuthorizer", get("/reports", user()))).toEqual(denied);
  expect(invoke("httpAuthorizer", get("/orders", `${user()}x`))).toEqual(denied);
  const read = (token: string) => restEvent({ multiValueHeaders: { Authorization: [`Bearer ${token}`] } });
  expect(JSON.stringify(invoke("restAuthorizer", read(user())))).toContain('"Effect":"Allow"');
  expect(JSON.stringify(invoke("restAuthorizer", read(machine("shop/reports.read"))))).toContain(
    '"Effect":"Deny"',
  );
  expect(invoke("restAuthorizer", read(`${user()}x`))).toEqual({ error: "Unauthorized" });
}

test("a service with authorizers that stay is packaged, and the findings are those of the check after it", () => {
  fresh("serverless-esbuild", {});
  const event =
    "      - http: { method: get, path: old, authorizer: { name: old, arn: !GetAtt UserPool.Arn } }\n";
  const open = "      - httpApi: { method: '*', path: /any, authorizer: jwt }\n";
  const cors = "  httpApi:\n    cors: true\n";
  project.write(
    "serverless.yml",
    project
      .read("serverless.yml")
      .replace("    events:\n", `    events:\n${event}${open}`)
      .replace("  httpApi:\n", cors),
  );
  const run = claimgate("init", "--format", "json");
  const { findings, notes } = JSON.parse(run.output.slice(run.output.indexOf("{"))) as InitJson;
  expect(notes.join()).toContain("the authorizer `old` stays as it is");
  const check = JSON.parse(claimgate("check", "--service", "--format", "json").output) as CheckJson;
  expect(findings.map(({ severity, text }) => [severity, text.replace(/.*\[(.*)\]$/s, "$1")])).toEqual(
    check.findings.map(({ severity, rule }) => [severity, rule]),
  );
  expect(findings.map(({ severity }) => severity)).toEqual(["warning"]);
  expect(check.switchedOff).toMatchObject([{ rule: "cache-left-to-default", authorizer: "old", hidden: 1 }]);
  expect(project.sls("package").output).toContain("Service packaged");
}, 180_000);

test("a service that serverless-esbuild builds has the callers of before, and triggers", () => {
  fresh("serverless-esbuild", { "package.json": '{"name":"shop","private":true}', "tsconfig.json": "{}" });
  const { status, output } = claimgate("init", "--triggers");
  expect(output).not.toContain("To write yourself");
  expect(output).not.toContain("check --service`");
  expect(status).toBe(0);
  expect(existsSync(join(project.folder, "claimgate"))).toBe(false);
  expect(project.read("serverless.yml")).toContain("  orders: # all of them\n");
  expect(claimgate("init").output).toContain("claimgate is set up already");
  expect(claimgate("test", "--threshold", "100")).toMatchObject({ status: 0 });
  expect(claimgate("check", "--service").output).toBe("0 errors, 0 warnings\n");
  const packaged = project.sls("package");
  expect(packaged.output).toContain("Service packaged");
  const routes = Object.values(project.template().Resources).flatMap((resource) => {
    const { Type: type, Properties: properties } = resource as {
      Type: string;
      Properties: Record<string, unknown>;
    };
    return type === "AWS::ApiGatewayV2::Route"
      ? [[properties["RouteKey"], properties["AuthorizationType"]]]
      : [];
  });
  expect(Object.fromEntries(routes)).toEqual({
    "GET /health": undefined,
    "GET /orders": "CUSTOM",
    "POST /orders": "CUSTOM",
    "DELETE /orders/{orderId}": "CUSTOM",
    "GET /reports": "CUSTOM",
  });
  expectTheCallersOfBefore((key, event) =>
    project.invoke("shop", event, ENVIRONMENT, `.claimgate/${key}.js`),
  );
  // A user of before, without the marker: no call to the pool, and the groups that the user has.
  const token = project.invoke(
    "shop",
    tokenEvent({ attributes: proven("ann@example.org") }),
    {},
    ".claimgate/preTokenGeneration.js",
  );
  expect(token).toMatchObject({ answer: { response: { claimsAndScopeOverrideDetails: {} } } });
}, 180_000);

describe("a service that nothing builds", () => {
  test.each([
    ["ES modules", '{"name":"shop","private":true,"type":"module"}'],
    ["CommonJS", '{"name":"shop","private":true}'],
  ])(
    "has the callers of before, as %s",
    (_, manifest) => {
      fresh("", { "package.json": manifest });
      const { status } = claimgate("init");
      expect(status).toBe(0);
      expect(existsSync(join(project.folder, "claimgate"))).toBe(false);
      expect(project.sls("package").output).toContain("Service packaged");
      expectTheCallersOfBefore((key, event) => {
        return project.invoke(key, event, ENVIRONMENT);
      });
    },
    180_000,
  );
});
