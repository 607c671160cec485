import type { Caller } from "../../../src/authorizers/caller.ts";
import type { Order } from "../../../src/sample/order.ts";
import { FIRST_ORDERS, type OrderStore, StoreUnavailableError } from "../../../src/sample/order-store.ts";
import { createMemoryOrderStore } from "../../../src/sample/order-store-memory.ts";
import { handleOrders } from "../../../src/sample/orders.ts";
import type { SampleRequest } from "../../../src/sample/sample-request.ts";

const MINE: Order = {
  id: "mine",
  ownerSub: "alice",
  tenantId: null,
  item: "Kettle",
  quantity: 1,
  status: "placed",
  createdAt: "2026-11-21T10:00:00.000Z",
};

const caller = (sub: string, ...roles: string[]): Caller => ({
  kind: "user",
  sub,
  client: "web",
  roles,
  groups: [],
  poolAlias: undefined,
  subjects: [`user:${sub}`],
  appScopes: [],
  conditionClaims: {},
  expiresAt: 1_800_000_000,
  mode: "request",
  permission: "orders:read",
  policyVersion: "v",
  determining: "policies/roles.csv:1",
});

const alice = caller("alice", "customer");
const bob = caller("bob", "customer");
const sam = caller("sam", "support", "viewer");

const world = (store: OrderStore = createMemoryOrderStore([...FIRST_ORDERS, MINE])) => ({
  store,
  newId: () => "new",
  now: () => new Date("2026-11-21T11:00:00.000Z"),
});

const request = (route: string, parameters: Record<string, string> = {}, body?: string): SampleRequest => ({
  route,
  parameters,
  body,
});

const bodyOf = (response: { body: string }): unknown => JSON.parse(response.body);

test("the health check answers without a caller", async () => {
  const response = await handleOrders(request("GET /health"), undefined, world());

  expect(response.statusCode).toBe(200);
});

test("a preflight the answer of `is` has no `a caller`", async () => {
  const response = await handleOrders(request("OPTIONS /admin/{proxy+}"), undefined, world());

  expect(response.statusCode).toBe(204);
});

test.each(["GET /orders", "POST /orders", "GET /orders/{orderId}", "GET /nowhere", "$default"])(
  "%s is refused without a caller",
  async (route) => {
    const response = await handleOrders(request(route, { orderId: "mine" }), undefined, world());

    expect(response.statusCode).toBe(403);
    expect(bodyOf(response)).toEqual({ message: "Forbidden" });
  },
);

test("every answer is JSON that no cache keeps", async () => {
  for (const route of ["GET /health", "GET /orders", "GET /nowhere"]) {
    const { headers } = await handleOrders(request(route), sam, world());

    expect(headers).toEqual({
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store",
    });
  }
});

describe("an order by its id", () => {
  test("is shown to its owner and to who sees every order", async () => {
    for (const who of [alice, sam, caller("fay", "finance"), caller("ada", "admin")]) {
      const response = await handleOrders(
        request("GET /orders/{orderId}", { orderId: "mine" }),
        who,
        world(),
      );

      expect(response.statusCode).toBe(200);
      expect(bodyOf(response)).toEqual(MINE);
    }
  });

  test("of another user is answered exactly like one that does not exist", async () => {
    for (const route of [
      "GET /orders/{orderId}",
      "DELETE /orders/{orderId}",
      "POST /orders/{orderId}/refund",
    ]) {
      const foreign = await handleOrders(request(route, { orderId: "mine" }), bob, world());
      const missing = await handleOrders(request(route, { orderId: "nothing" }), bob, world());

      expect(foreign.statusCode).toBe(404);
      expect(foreign).toEqual(missing);
    }
  });

  test("without the parameter is not found", async () => {
    expect((await handleOrders(request("GET /orders/{orderId}"), sam, world())).statusCode).toBe(404);
  });
});

test("a new order belongs to the caller, whatever else is claimed", async () => {
  const w = world();
  const body = JSON.stringify({ item: "Tea", quantity: 2 });

  const response = await handleOrders(request("POST /orders", {}, body), bob, w);

  expect(response.statusCode).toBe(201);
  expect(await w.store.get("new")).toEqual({
    id: "new",
    ownerSub: "bob",
    tenantId: null,
    item: "Tea",
    quantity: 2,
    status: "placed",
    createdAt: "2026-11-21T11:00:00.000Z",
  });
});

test.each([
  [undefined, "empty"],
  ["", "empty"],
  ["{", "not JSON"],
  ["[]", "not a JSON object"],
  ["null", "not a JSON object"],
  ['{"item":"x","quantity":1,"ownerSub":"bob"}', "ownerSub"],
  ['{"item":"x","quantity":1,"tenantId":"acme"}', "tenantId"],
  ['{"item":"","quantity":1}', "item"],
  ['{"item":" ","quantity":1}', "item"],
  ['{"item":["x"],"quantity":1}', "item"],
  [`{"item":"${"x".repeat(201)}","quantity":1}`, "item"],
  ['{"item":"x"}', "quantity"],
  ['{"item":"x","quantity":"1"}', "quantity"],
  ['{"item":"x","quantity":0}', "quantity"],
  ['{"item":"x","quantity":1.5}', "quantity"],
  ['{"item":"x","quantity":1e9}', "quantity"],
  ['{"item":"x","quantity":1,"__proto__":{}}', "__proto__"],
  [`{"item":"${"x".repeat(10_000)}","quantity":1}`, "larger"],
])("the body %.40s is refused: %s", async (body, reason) => {
  const response = await handleOrders(request("POST /orders", {}, body), alice, world());

  expect(response.statusCode).toBe(400);
  expect(response.body).toContain(reason);
});

test("a refund happens once", async () => {
  const w = world();
  const refund = request("POST /orders/{orderId}/refund", { orderId: "mine" });

  expect((await handleOrders(refund, sam, w)).statusCode).toBe(200);
  expect((await handleOrders(refund, sam, w)).statusCode).toBe(409);
  expect((await w.store.get("mine"))?.status).toBe("refunded");
});

test("a deleted order is gone", async () => {
  const w = world();

  await handleOrders(request("DELETE /orders/{orderId}", { orderId: "mine" }), caller("ada", "admin"), w);

  expect(await w.store.get("mine")).toBeUndefined();
});

test("lists hold the orders of the user, or the tenant, that the path names", async () => {
  const ofUser = await handleOrders(
    request("GET /users/{userId}/orders", { userId: "alice" }),
    alice,
    world(),
  );
  const ofTenant = await handleOrders(
    request("GET /tenants/{tenantId}/orders", { tenantId: "globex" }),
    bob,
    world(),
  );
  const ofNobody = await handleOrders(request("GET /tenants/{tenantId}/orders"), bob, world());

  expect(bodyOf(ofUser)).toEqual({ orders: [MINE] });
  expect(bodyOf(ofTenant)).toMatchObject({ orders: [{ id: "order-3" }] });
  expect(bodyOf(ofNobody)).toEqual({ orders: [] });
});

test("reports count", async () => {
  const report = await handleOrders(request("GET /reports/orders"), sam, world());
  const exported = await handleOrders(request("POST /reports/exports"), sam, world());

  expect(bodyOf(report)).toEqual({ orders: 4, placed: 4, refunded: 0 });
  expect(exported.statusCode).toBe(202);
});

test("a store that cannot write is a 503, in the words of nobody's file system", async () => {
  const store: OrderStore = {
    ...createMemoryOrderStore([]),
    put: () => Promise.reject(new StoreUnavailableError("cannot write `/secret/place`")),
  };
  const body = JSON.stringify({ item: "Tea", quantity: 2 });

  const response = await handleOrders(request("POST /orders", {}, body), alice, world(store));

  expect(response.statusCode).toBe(503);
  expect(response.body).not.toContain("/secret/place");
});

test("a route that the sample does not know is answered with what the authorizer passed on", async () => {
  const response = await handleOrders(request("GET /invoices"), alice, world());

  expect(response.statusCode).toBe(200);
  expect(bodyOf(response)).toMatchObject({
    message: expect.stringContaining("src/sample/orders.ts") as string,
    caller: { sub: "alice", roles: ["customer"], determining: "policies/roles.csv:1" },
  });
});
