import type { Caller } from "claimgate/caller";
import { InvalidOrderError, type Order, parseNewOrder } from "./order.ts";
import { type OrderStore, StoreUnavailableError } from "./order-store.ts";
import { respond, type SampleRequest, type SampleResponse } from "./sample-request.ts";

/** The dependencies of the orders service. */
export interface OrdersWorld {
  readonly store: OrderStore;
  readonly newId: () => string;
  readonly now: () => Date;
}

type Answer = (request: SampleRequest, caller: Caller, world: OrdersWorld) => Promise<SampleResponse>;

const NOT_FOUND = respond(404, { message: "no such order" });

/**
 * The roles that see orders of other users. The authorizer decides whether the caller may call the route, but cannot
 * know whose order the path names, so this service decides that.
 */
const SEES_EVERY_ORDER: ReadonlySet<string> = new Set(["viewer", "support", "finance", "admin"]);

const ANSWERS: ReadonlyMap<string, Answer> = new Map([
  ["GET /orders", async (_request, _caller, { store }) => respond(200, { orders: await store.list() })],
  ["POST /orders", placeOrder],
  ["GET /orders/{orderId}", withOrder((order) => Promise.resolve(respond(200, order)))],
  ["DELETE /orders/{orderId}", withOrder(deleteOrder)],
  ["POST /orders/{orderId}/refund", withOrder(refundOrder)],
  ["GET /users/{userId}/orders", listBy((order, { userId }) => order.ownerSub === userId)],
  ["GET /tenants/{tenantId}/orders", listBy((order, { tenantId }) => order.tenantId === tenantId)],
  ["GET /reports/orders", report],
  ["POST /reports/exports", exportReport],
]);

/**
 * The orders service behind the authorizer: maps a request and its caller to an answer.
 *
 * Refuses everything but the health check without a caller, which means a route without an authorizer or a damaged
 * context.
 */
export async function handleOrders(
  request: SampleRequest,
  caller: Caller | undefined,
  world: OrdersWorld,
): Promise<SampleResponse> {
  if (request.route === "GET /health") return respond(200, { status: "ok" });
  // A preflight behind a public OPTIONS route; the gateway adds the headers. docs/cors.md
  if (request.route.startsWith("OPTIONS ")) return respond(204, {});
  if (caller === undefined) return respond(403, { message: "Forbidden" });
  const answer = ANSWERS.get(request.route);
  if (answer === undefined) return unanswered(request.route, caller);
  try {
    return await answer(request, caller, world);
  } catch (error) {
    if (error instanceof InvalidOrderError) return respond(400, { message: error.message });
    if (error instanceof StoreUnavailableError) {
      return respond(503, { message: "orders cannot be stored at the moment; nothing has changed" });
    }
    throw error;
  }
}

/** The answer for a route of serverless.yml that this sample lacks: the caller and why the request is allowed. */
function unanswered(route: string, caller: Caller): SampleResponse {
  const { kind, sub, roles, groups, permission, determining } = caller;
  return respond(200, {
    message: `${route} is allowed, but the sample does not implement it; add it to src/sample/orders.ts`,
    caller: { kind, sub, roles, groups, permission, determining },
  });
}

async function placeOrder(
  request: SampleRequest,
  caller: Caller,
  world: OrdersWorld,
): Promise<SampleResponse> {
  const order: Order = {
    id: world.newId(),
    ownerSub: caller.sub,
    tenantId: null,
    ...parseNewOrder(request.body),
    status: "placed",
    createdAt: world.now().toISOString(),
  };
  await world.store.put(order);
  return respond(201, order);
}

/** An order that the caller may not see is answered like one that does not exist, since a 403 would reveal it. */
function withOrder(answer: (order: Order, world: OrdersWorld) => Promise<SampleResponse>): Answer {
  return async (request, caller, world) => {
    const id = request.parameters["orderId"];
    const order = id === undefined ? undefined : await world.store.get(id);
    if (order === undefined || !maySee(caller, order)) return NOT_FOUND;
    return answer(order, world);
  };
}

function maySee(caller: Caller, order: Order): boolean {
  return order.ownerSub === caller.sub || caller.roles.some((role) => SEES_EVERY_ORDER.has(role));
}

async function deleteOrder(order: Order, { store }: OrdersWorld): Promise<SampleResponse> {
  await store.delete(order.id);
  return respond(200, { deleted: order.id });
}

async function refundOrder(order: Order, { store }: OrdersWorld): Promise<SampleResponse> {
  if (order.status === "refunded") return respond(409, { message: "the order is already refunded" });
  const refunded: Order = { ...order, status: "refunded" };
  await store.put(refunded);
  return respond(200, refunded);
}

/** Conditions of the policy decide whose orders the path may name: `{userId}=sub`. */
function listBy(matches: (order: Order, parameters: SampleRequest["parameters"]) => boolean): Answer {
  return async (request, _caller, { store }) => {
    const orders = await store.list();
    return respond(200, { orders: orders.filter((order) => matches(order, request.parameters)) });
  };
}

async function report(
  _request: SampleRequest,
  _caller: Caller,
  { store }: OrdersWorld,
): Promise<SampleResponse> {
  const orders = await store.list();
  const refunded = orders.filter(({ status }) => status === "refunded").length;
  return respond(200, { orders: orders.length, placed: orders.length - refunded, refunded });
}

async function exportReport(
  _request: SampleRequest,
  _caller: Caller,
  { store, newId }: OrdersWorld,
): Promise<SampleResponse> {
  return respond(202, { export: newId(), orders: (await store.list()).length });
}
