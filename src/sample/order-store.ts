import type { Order } from "./order.ts";

/**
 * Where orders are kept. The two stores here serve the sample and the local stack; a service of yours puts its
 * database behind this interface.
 */
export interface OrderStore {
  list(): Promise<readonly Order[]>;
  get(id: string): Promise<Order | undefined>;
  /** Adds the order, or replaces the one with the same id. @throws StoreUnavailableError */
  put(order: Order): Promise<void>;
  /** @throws StoreUnavailableError */
  delete(id: string): Promise<void>;
}

/** The store could not write; what it held before is still there. */
export class StoreUnavailableError extends Error {
  override readonly name = "StoreUnavailableError";
}

/** What a new store starts with, so that there is something to look at: two orders of one tenant, one of another. */
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
