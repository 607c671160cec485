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
  const { requestContext, body } = Object(event) as {
    readonly requestContext?: { readonly routeKey?: unknown; readonly authorizer?: unknown };
    readonly body?: unknown;
  };
  switch (requestContext?.routeKey) {
    case "$connect":
      return connected(requestContext.authorizer);
    case "$disconnect":
      return { statusCode: 200 };
    default:
      if (actionOf(body) !== "list") return say(400, { message: 'send {"action":"list"}' });
      if (!(await check(event, "orders:list")).allowed) return say(403, { message: "Forbidden" });
      return say(200, { orders: await store.list() });
  }
}

/** Browsers close the connection unless the server accepts a subprotocol that they offer: the authorizer names it. */
function connected(authorizer: unknown): FeedAnswer {
  const { subprotocol } = Object(authorizer) as { readonly subprotocol?: unknown };
  if (typeof subprotocol !== "string") return { statusCode: 200 };
  return { statusCode: 200, headers: { "Sec-WebSocket-Protocol": subprotocol } };
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
