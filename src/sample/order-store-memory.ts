import type { Order } from "./order.ts";
import type { OrderStore } from "./order-store.ts";

/** Keeps orders as long as the execution environment lives: enough to try a deployment, not for production. */
export function createMemoryOrderStore(first: readonly Order[]): OrderStore {
  const orders = new Map(first.map((order) => [order.id, order]));
  return {
    list: () => Promise.resolve([...orders.values()]),
    get: (id) => Promise.resolve(orders.get(id)),
    put: (order) => {
      orders.set(order.id, order);
      return Promise.resolve();
    },
    delete: (id) => {
      orders.delete(id);
      return Promise.resolve();
    },
  };
}
