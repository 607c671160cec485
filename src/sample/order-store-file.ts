import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Order } from "./order.ts";
import { type OrderStore, StoreUnavailableError } from "./order-store.ts";

/** Called after a damaged file was moved aside. */
export type OnDamage = (damage: { readonly file: string; readonly movedTo: string }) => void;

/**
 * Keeps orders in one JSON file, so that they survive a restart of the local stack. Every change writes a new file and
 * renames it over the old one, so a full disk or a crash leaves the old orders in place. A damaged file is moved aside,
 * never overwritten.
 *
 * For one process only: two would overwrite each other's changes.
 */
export function createFileOrderStore(file: string, first: readonly Order[], onDamage: OnDamage): OrderStore {
  let changes: Promise<unknown> = Promise.resolve();

  async function change(edit: (orders: Map<string, Order>) => void): Promise<void> {
    // Sequential: two interleaved read-edit-write rounds would lose the earlier change.
    const next = changes.then(async () => {
      const orders = byId(await load(file, first, onDamage));
      edit(orders);
      await save(file, [...orders.values()]);
    });
    changes = next.catch(() => undefined);
    return next;
  }

  return {
    list: () => load(file, first, onDamage),
    get: async (id) => byId(await load(file, first, onDamage)).get(id),
    put: (order) =>
      change((orders) => {
        orders.set(order.id, order);
      }),
    delete: (id) =>
      change((orders) => {
        orders.delete(id);
      }),
  };
}

const byId = (orders: readonly Order[]) => new Map(orders.map((order) => [order.id, order]));

async function load(file: string, first: readonly Order[], onDamage: OnDamage): Promise<readonly Order[]> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    if (isMissing(cause)) return first;
    throw new StoreUnavailableError(`cannot read \`${file}\``, { cause });
  }
  const orders = parseOrders(text);
  if (orders !== undefined) return orders;
  const movedTo = `${file}.damaged-${randomUUID()}`;
  try {
    await rename(file, movedTo);
  } catch (cause) {
    throw new StoreUnavailableError(`\`${file}\` is damaged and cannot be moved aside`, { cause });
  }
  onDamage({ file, movedTo });
  return first;
}

async function save(file: string, orders: readonly Order[]): Promise<void> {
  const next = `${file}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(next, `${JSON.stringify(orders, null, 2)}\n`, { flush: true });
    await rename(next, file);
  } catch (cause) {
    await rm(next, { force: true }).catch(() => undefined);
    throw new StoreUnavailableError(`cannot write \`${file}\``, { cause });
  }
}

/** By shape, since Node's errors may come from another realm's `Error`. */
const isMissing = (error: unknown) =>
  typeof error === "object" && error !== null && "code" in error && error.code === "ENOENT";

function parseOrders(text: string): readonly Order[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return Array.isArray(value) && value.every(isOrder) ? value : undefined;
}

function isOrder(value: unknown): value is Order {
  if (typeof value !== "object" || value === null) return false;
  const order = new Map<string, unknown>(Object.entries(value));
  const tenantId = order.get("tenantId");
  const status = order.get("status");
  return (
    ["id", "ownerSub", "item", "createdAt"].every((name) => typeof order.get(name) === "string") &&
    (tenantId === null || typeof tenantId === "string") &&
    typeof order.get("quantity") === "number" &&
    (status === "placed" || status === "refunded")
  );
}
