import { type Api, httpApi } from "../support/emulator/gateways.ts";
import { functionLog } from "../support/emulator/logs.ts";
import { claimsOf, createPerson, machineToken, signIn, type Tokens } from "../support/emulator/people.ts";
import { STAGE } from "../support/emulator/rehearsal.ts";
import { deployedStack } from "../support/emulator/stack.ts";
import { forged } from "../support/emulator/tampering.ts";

let call: Api;
let customer: Tokens;
let trainee: Tokens;
let admin: Tokens;
let partner: Tokens;
let suspended: Tokens;
let machine: string;

beforeAll(async () => {
  const stack = await deployedStack(STAGE);
  call = httpApi(stack);
  const person = async (name: string, groups: readonly string[], attributes = {}) => {
    await createPerson(stack, `${name}@http.example`, groups, attributes);
    return signIn(stack, `${name}@http.example`);
  };
  customer = await person("customer", ["customers"]);
  trainee = await person("trainee", ["trainees"]);
  admin = await person("admin", ["admins"]);
  partner = await person("partner", ["partners"], { "custom:tenant_id": "acme" });
  suspended = await person("suspended", ["admins", "suspended"]);
  machine = await machineToken(stack);
});

const status = async (path: string, token: string | undefined, method = "GET") =>
  (await call(path, { method, token })).status;

const place = async ({ access }: Tokens): Promise<string> => {
  const answer = await call("/orders", {
    method: "POST",
    token: access,
    body: { item: "lamp", quantity: 1 },
  });
  expect(answer).toMatchObject({ status: 201 });
  return (JSON.parse(answer.text) as { id: string }).id;
};

describe("the deployed HTTP API", () => {
  it("answers the public route to everyone", async () => {
    expect(await call("/health")).toMatchObject({ status: 200, text: '{"status":"ok"}' });
  });

  it("answers 401 without a token", async () => {
    expect(await call("/orders")).toMatchObject({ status: 401, text: '{"message":"Unauthorized"}' });
  });

  it("allows and denies by the groups of the token", async () => {
    expect(await status("/orders", admin.access)).toBe(200);
    expect(await status("/orders", trainee.access)).toBe(200);
    expect(await status("/orders", customer.access)).toBe(403);
    expect(await status("/orders", suspended.access)).toBe(403);
  });

  it("lets a deny row win over the allow rows of an inherited role", async () => {
    const order = await place(customer);
    expect(await status(`/orders/${order}/refund`, trainee.access, "POST")).toBe(403);
    expect(await status(`/orders/${order}/refund`, admin.access, "POST")).toBe(200);
  });

  it("decides each request by itself: an allow of one route or order is not reused for another", async () => {
    const [mine, other] = [await place(customer), await place(customer)];
    const { sub } = claimsOf(customer.access);
    const answers = [];
    for (const [method, path] of [
      ["GET", `/orders/${mine}`],
      ["DELETE", `/orders/${mine}`],
      ["GET", `/orders/${other}`],
      ["GET", `/users/${sub}/orders`],
      ["GET", "/users/somebody-else/orders"],
      ["GET", `/users/${sub}/orders`],
    ] as const) {
      answers.push(await status(path, customer.access, method));
    }
    expect(answers).toEqual([200, 403, 200, 200, 403, 200]);
    expect(await status(`/orders/${mine}`, admin.access, "DELETE")).toBe(200);
    expect(await status(`/orders/${mine}`, customer.access)).toBe(404);
  });

  it("compares a path parameter with a claim that pre-token-generation copied from an attribute", async () => {
    expect(claimsOf(partner.access)).toMatchObject({ tenant_id: "acme" });
    expect(await status("/tenants/acme/orders", partner.access)).toBe(200);
    expect(await status("/tenants/umbrella/orders", partner.access)).toBe(403);
  });

  it("allows a machine what its client and its scopes allow, and no user's things", async () => {
    expect(await status("/reports/orders", machine)).toBe(200);
    expect(await status("/reports/exports", machine, "POST")).toBe(202);
    expect(await status("/orders", machine)).toBe(403);
    expect(await status("/reports/exports", admin.access, "POST")).toBe(403);
  });

  it("refuses an ID token, a bad signature, another algorithm and garbage", async () => {
    expect(await status("/orders", admin.access)).toBe(200);
    expect(await status("/orders", admin.id)).toBe(403);
    expect(await status("/orders", forged.signature(admin.access))).toBe(403);
    expect(await status("/orders", forged.claims(customer.access, { "cognito:groups": ["admins"] }))).toBe(
      403,
    );
    expect(await status("/orders", forged.unsigned(admin.access))).toBe(403);
    expect(await status("/orders", "nonsense")).toBe(403);
  });

  it("knows no route that the policy does not declare", async () => {
    expect(await status("/admin", admin.access)).toBe(404);
    expect(await status("/orders/", admin.access)).not.toBe(200);
  });

  it("leaves a line that says why for each decision, and none with a token", async () => {
    expect(await status("/orders", customer.access)).toBe(403);
    const log = await functionLog(`claimgate-${STAGE}-httpAuthorizer`);
    expect(log.at(-1)).toMatchObject({ kind: "decision", effect: "deny", route: "GET /orders" });
    expect(JSON.stringify(log)).not.toContain(customer.access.split(".")[1]);
  });
});
