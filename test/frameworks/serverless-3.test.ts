import { objectOf } from "../../src/json.ts";
import { consumerProject } from "../support/consumer-project.ts";
import { consumerService, nobody, PLUGIN_ORDERS, staff } from "../support/consumer-service.ts";

// claimgate/serverless in Serverless Framework 3, which test/frameworks/serverless-3 installs. The last runtime that it
// knows is nodejs20.x.

const project = consumerProject(
  ["serverless", "serverless-esbuild", "esbuild"],
  "test/frameworks/serverless-3/node_modules",
);
const service = consumerService(project);
afterAll(() => project.remove());

it("is version 3", () => {
  expect(project.read("node_modules/serverless/package.json")).toMatch(/"version": "3\./);
});

describe.each(Object.entries(PLUGIN_ORDERS))(
  "a service that lists claimgate/serverless %s serverless-esbuild",
  (_, plugins) => {
    beforeAll(() => service.packaged([PLUGIN_ORDERS.before, plugins]), 120_000);

    it("names and wires the functions that the plugin declares", () => {
      expect(project.properties("HttpAuthorizerLambdaFunction")).toMatchObject({
        FunctionName: "shop-dev-httpAuthorizer",
        Environment: { Variables: { CLAIMGATE_USER_POOL_ID: { Ref: "UserPool" } } },
      });
      expect(objectOf(project.properties("UserPool")["LambdaConfig"])["PreTokenGenerationConfig"]).toEqual({
        LambdaArn: { "Fn::GetAtt": ["PreTokenGenerationLambdaFunction", "Arn"] },
        LambdaVersion: "V3_0",
      });
      const { ClaimgatePolicyVersion: version } = project.template().Outputs;
      expect(objectOf(version)["Value"]).toMatch(/^[0-9a-f]{16}$/);
    });

    it("decides by the policy", () => {
      expect(service.http(staff())).toMatchObject({ answer: { isAuthorized: true } });
      expect(service.http(nobody())).toMatchObject({ answer: { isAuthorized: false } });
      expect(service.rest(`${staff()}x`)).toEqual({ error: "Unauthorized" });
    }, 60_000);
  },
);

describe("packaging ends", () => {
  beforeAll(() => service.edited());

  it("with an error in a row", () => {
    const bad = "p, group:staff, orders:read, alow\n";
    const { status, output } = service.packagedWith("policies/roles.csv", (rows) => rows + bad);
    expect(output).toMatch(/policies\/roles\.csv:7:30: the effect is `alow`/);
    expect(status).toBe(1);
  }, 60_000);

  it("with a build that fails", () => {
    const missing = 'export { handler } from "./missing.js";\n';
    const { status, output } = service.packagedWith("src/orders.js", () => missing);
    expect(output).toContain('Could not resolve "./missing.js"');
    expect(status).toBe(1);
  }, 60_000);
});

it("runs the command, with its exit status", () => {
  service.edited();
  const denied = project.sls("claimgate", "explain", "role:authenticated", "GET /orders/{orderId}");
  expect(denied.status).toBe(2);
  expect(project.sls("claimgate", "check").status).toBe(0);
}, 120_000);
