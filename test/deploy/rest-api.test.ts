import { type Api, httpApi, restApi } from "../support/emulator/gateways.ts";
import { createPerson, machineToken, signIn, type Tokens } from "../support/emulator/people.ts";
import { STAGE } from "../support/emulator/rehearsal.ts";
import { deployedStack } from "../support/emulator/stack.ts";
import { forged } from "../support/emulator/tampering.ts";

let call: Api;
let customer: Tokens;
let nobody: Tokens;
let viewer: Tokens;
let suspended: Tokens;
let machine: string;
let orders: readonly string[];

beforeAll(async () => {
  const stack = await deployedStack(STAGE);
  call = restApi(stack, STAGE);
  const person = async (name: string, groups: readonly string[]) => {
    await createPerson(stack, `${name}@rest.example`, groups);
    return signIn(stack, `${name}@rest.example`);
  };
  customer = await person("customer", ["customers"]);
  viewer = await person("viewer", ["support"]);
  nobody = await person("nobody", []);
  suspended = await person("suspended", ["support", "suspended"]);
  machine = await machineToken(stack);
  const place = async () => {
    const body = { item: "lamp", quantity: 1 };
    const { text } = await httpApi(stack)("/orders", { method: "POST", token: customer.access, body });
    return (JSON.parse(text) as { id: string }).id;
  };
  orders = [await place(), await place()];
});

const status = async (token: string | undefined, order = orders[0]) =>
  (await call(`/orders/${order}`, { token })).status;

/** The origin that a browser is told may call. */
const preflight = async (origin: string) => {
  const headers = { origin, "access-control-request-method": "GET" };
  const answer = await call(`/orders/${orders[0]}`, { method: "OPTIONS", headers });
  return answer.headers.get("access-control-allow-origin");
};

describe("the deployed REST API", () => {
  it("answers 401 without a token, and says which scheme it wants", async () => {
    const { status, text, headers } = await call(`/orders/${orders[0]}`);
    expect({ status, text }).toEqual({ status: 401, text: '{"message":"Unauthorized"}' });
    expect(headers.get("www-authenticate")).toBe('Bearer realm="claimgate"');
  });

  it("allows and denies by the groups of the token", async () => {
    expect(await status(customer.access)).toBe(200);
    expect(await status(viewer.access)).toBe(200);
    expect(await status(nobody.access)).toBe(403);
    expect(await status(suspended.access)).toBe(403);
    expect(await status(machine)).toBe(403);
  });

  it("answers a denied call like the HTTP API, and an unknown route with 404", async () => {
    const { text, headers } = await call(`/orders/${orders[0]}`, { token: suspended.access });
    expect(text).toBe('{"message":"Forbidden"}');
    expect(headers.get("www-authenticate")).toBe('Bearer realm="claimgate", error="insufficient_scope"');
    expect(await call("/nothing", { token: customer.access })).toMatchObject({
      status: 404,
      text: '{"message":"Not Found"}',
    });
  });

  it("answers a preflight of the app's origin, and of no other", async () => {
    expect(await preflight("http://localhost:5173")).toBe("http://localhost:5173");
    expect(await preflight("https://elsewhere.example")).not.toBe("https://elsewhere.example");
  });

  it("names the exact method in its answer: the next order and the next caller are decided again", async () => {
    const answers = [];
    for (const [token, order] of [
      [customer.access, orders[0]],
      [customer.access, orders[1]],
      [nobody.access, orders[0]],
      [customer.access, orders[0]],
    ] as const) {
      answers.push(await status(token, order));
    }
    expect(answers).toEqual([200, 200, 403, 200]);
  });

  it("refuses an ID token, a bad signature, another algorithm and garbage with 401", async () => {
    expect(await status(customer.id)).toBe(401);
    expect(await status(forged.signature(customer.access))).toBe(401);
    expect(await status(forged.claims(nobody.access, { "cognito:groups": ["customers"] }))).toBe(401);
    expect(await status(forged.unsigned(customer.access))).toBe(401);
    expect(await status("nonsense")).toBe(401);
  });
});
