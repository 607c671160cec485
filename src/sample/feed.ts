import { SUBPROTOCOL } from "claimgate/authorizers";
import type { createPermissionGuard } from "claimgate/middleware";
import type { OrderStore } from "./order-store.ts";

/** The dependencies of the feed. */
export interface FeedWorld {
  readonly store: OrderStore;
  readonly check: ReturnType<typeof createPermissionGuard>["check"];
}

/** The answer of a WebSocket route. */
export interface FeedAnswer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * A sample of a WebSocket API: a connected client requests its orders by the message `{"action":"list"}`.
 *
 * The authorizer runs once, on `$connect`. A connection lives up to two hours, and only this function checks its
 * messages: each one again, from the context that the authorizer stored with the connection.
 */
export async function answerFeed(event: unknown, { store, check }: FeedWorld): Promise<FeedAnswer> {
  const { requestContext, body, headers } = Object(event) as {
    readonly requestContext?: { readonly routeKey?: unknown };
    readonly body?: unknown;
    readonly headers?: unknown;
  };
  switch (requestContext?.routeKey) {
    case "$connect":
      return offersSubprotocol(headers)
        ? { statusCode: 200, headers: { "Sec-WebSocket-Protocol": SUBPROTOCOL } }
        : { statusCode: 200 };
    case "$disconnect":
      return { statusCode: 200 };
    default:
      if (actionOf(body) !== "list") return say(400, { message: 'send {"action":"list"}' });
      if (!(await check(event, "orders:list")).allowed) return say(403, { message: "Forbidden" });
      return say(200, { orders: await store.list() });
  }
}

/** The server must accept a subprotocol that the client offers, and no other, or browsers close the connection. */
function offersSubprotocol(headers: unknown): boolean {
  return Object.entries(Object(headers) as object).some(
    ([name, value]: [string, unknown]) =>
      /^sec-websocket-protocol$/i.test(name) &&
      typeof value === "string" &&
      value.split(",")[0]?.trim() === SUBPROTOCOL,
  );
}

function actionOf(body: unknown): unknown {
  if (typeof body !== "string") return undefined;
  try {
    return (Object(JSON.parse(body)) as { readonly action?: unknown }).action;
  } catch {
    return undefined;
  }
}

function say(statusCode: number, body: unknown): FeedAnswer {
  return { statusCode, body: JSON.stringify(body) };
}
