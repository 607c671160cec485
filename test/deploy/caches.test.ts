import { join } from "node:path";
import { restApi } from "../support/emulator/gateways.ts";
import { functionLog } from "../support/emulator/logs.ts";
import { createPerson, machineToken, signIn } from "../support/emulator/people.ts";
import { RUN_FOLDER, serverless } from "../support/emulator/rehearsal.ts";
import { type DeployedStack, deployedStack } from "../support/emulator/stack.ts";
import { copyService } from "../support/service-copy.ts";

// A stage whose gateway keeps answers, which are for the whole API: the gateway's cache was written by others.
const STAGE = "kept";
const service = copyService(join(RUN_FOLDER, "kept"));
const PARAMETERS = ["--param", "restTokenAuthorizer=true"];

let stack: DeployedStack;

const edit = (file: string, was: string | RegExp, is: string) =>
  service.write(file, service.read(file).replace(was, is));

const deploy = () => serverless(["deploy", "--stage", STAGE, ...PARAMETERS], service.folder);

/** How often the authorizer was asked. */
const asked = async (name: string) =>
  (await functionLog(`claimgate-${STAGE}-${name}`)).filter(({ kind }) => kind === "whole-api-answer").length;

beforeAll(() => {
  edit("serverless.yml", 'WHOLE_API_ANSWER: "false"', 'WHOLE_API_ANSWER: "true"');
  edit("serverless.yml", /^ {12}resultTtlInSeconds: 0$/gm, "            resultTtlInSeconds: 300");
  // A second method for the authorizer whose answers are kept.
  edit(
    "serverless.yml",
    "      # Only with parameter restTokenAuthorizer.",
    "      - http: { method: delete, path: 'orders/{orderId}', authorizer: *rest }\n$&",
  );
});

afterAll(async () => {
  const run = await serverless(["remove", "--stage", STAGE, ...PARAMETERS], service.folder);
  if (run.code !== 0) throw new Error(run.output);
}, 120_000);

describe("answers for a whole API", () => {
  it("are not packaged while a row compares the path with a claim", async () => {
    const run = await deploy();
    expect(run.code).not.toBe(0);
    expect(run.output).toMatch(
      /policies\/routes\.csv:\d+:\d+: a whole-API answer cannot be correct for `GET \/users\/\{userId\}\/orders`/,
    );
    expect(run.output).toContain("whole-api-inexpressible");
  }, 120_000);

  it("are deployed once every route can be told from the others", async () => {
    edit("policies/roles.csv", ", {userId}=sub", "");
    edit("policies/roles.csv", "allow, {tenantId}=tenant_id", "allow");
    edit("policies/roles.csv", /^.*\{tenantId\}!=tenant_id$/m, "");
    const run = await deploy();
    expect(run).toMatchObject({ code: 0 });
    stack = await deployedStack(STAGE);
    await createPerson(stack, "carol@kept.example", ["customers"]);
    await createPerson(stack, "ada@kept.example", ["admins"]);
  }, 180_000);
});

describe("a gateway that keeps them", () => {
  it("asks once for a token, and answers each route as it would have been decided", async () => {
    const { access: token } = await signIn(stack, "carol@kept.example");
    const api = restApi(stack, STAGE);
    const before = await asked("restAuthorizer");
    const statuses = [];
    for (const [method, path] of [
      ["GET", "/orders/order-1"],
      ["DELETE", "/orders/order-1"],
      ["GET", "/orders/order-2"],
      ["DELETE", "/orders/order-2"],
      ["GET", "/orders/order-1"],
    ] as const) {
      statuses.push((await api(path, { method, token })).status);
    }
    // The orders are somebody else's, which is for the backend to see: 404, where the gateway would say 403.
    expect(statuses).toEqual([404, 403, 404, 403, 404]);
    expect((await asked("restAuthorizer")) - before).toBe(1);
  });

  it("gives the answer of one caller to no other, and none to a bad token", async () => {
    const { access: token } = await signIn(stack, "ada@kept.example");
    const api = restApi(stack, STAGE);
    expect((await api("/orders/order-2", { method: "DELETE", token })).status).toBe(200);
    expect((await api("/orders/order-2", { method: "DELETE", token: `${token}x` })).status).toBe(401);
    expect((await api("/orders/order-2", { method: "DELETE" })).status).toBe(401);
  });

  it("does so by an authorizer of type TOKEN as well", async () => {
    const api = restApi(stack, STAGE);
    const machine = await machineToken(stack);
    expect((await api("/reports/orders", { token: machine })).status).toBe(200);
    const { access: token } = await signIn(stack, "carol@kept.example");
    expect((await api("/reports/orders", { token })).status).toBe(403);
    expect((await api("/reports/orders", { token: machine })).status).toBe(200);
    expect((await api("/reports/orders", { token: "x.y.z" })).status).toBe(401);
  });
});
