import type { Order } from "./order.ts";

/**
 * A store of orders. The two implementations here serve the sample and the local stack; implement this interface with
 * your database.
 */
export interface OrderStore {
  list(): Promise<readonly Order[]>;
  get(id: string): Promise<Order | undefined>;
  /** Adds the order, or replaces the one with the same id. @throws StoreUnavailableError */
  put(order: Order): Promise<void>;
  /** @throws StoreUnavailableError */
  delete(id: string): Promise<void>;
}

/** The store could not write; its previous content is unchanged. */
export class StoreUnavailableError extends Error {
  override readonly name = "StoreUnavailableError";
}

/** The content of a new store: two orders of one tenant, one of another. */
export const FIRST_ORDERS: readonly Order[] = [
  firstOrder("order-1", "acme", "Blue kettle", 2),
  firstOrder("order-2", "acme", "Tea for ten", 1),
  firstOrder("order-3", "globex", "Doomsday clock", 1),
];

function firstOrder(id: string, tenantId: string, item: string, quantity: number): Order {
  return {
    id,
    ownerSub: "somebody-else",
    tenantId,
    item,
    quantity,
    status: "placed",
    createdAt: "2026-01-01T09:00:00.000Z",
  };
}
