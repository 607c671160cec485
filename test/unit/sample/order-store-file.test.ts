import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Order } from "../../../src/sample/order.ts";
import { FIRST_ORDERS, StoreUnavailableError } from "../../../src/sample/order-store.ts";
import { createFileOrderStore } from "../../../src/sample/order-store-file.ts";

let directory: string;
let file: string;
let damages: { file: string; movedTo: string }[];

const open = () => createFileOrderStore(file, FIRST_ORDERS, (damage) => damages.push(damage));

const order = (id: string): Order => ({
  id,
  ownerSub: "alice",
  tenantId: null,
  item: "Tea",
  quantity: 1,
  status: "placed",
  createdAt: "2026-11-21T10:00:00.000Z",
});

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "claimgate-orders-"));
  file = join(directory, "data", "orders.json");
  damages = [];
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

test("starts with the first orders and writes nothing before the first change", async () => {
  expect(await open().list()).toEqual(FIRST_ORDERS);
  expect(readdirSync(directory)).toEqual([]);
});

test("what one store wrote, the next one reads", async () => {
  await open().put(order("a"));
  await open().delete("order-1");

  const ids = (await open().list()).map(({ id }) => id);
  expect(ids).toEqual(["order-2", "order-3", "a"]);
});

test("changes at the same time are all kept", async () => {
  const store = open();

  await Promise.all(Array.from({ length: 20 }, (_, n) => store.put(order(`n${n}`))));

  expect((await store.list()).length).toBe(FIRST_ORDERS.length + 20);
  expect(readdirSync(join(directory, "data"))).toEqual(["orders.json"]);
});

test.each(["{", '{"orders":[]}', '[{"id":1}]', ""])(
  "a file that holds %p is moved aside as it is, and said so",
  async (content) => {
    mkdirSync(join(directory, "data"));
    writeFileSync(file, content);

    expect(await open().list()).toEqual(FIRST_ORDERS);

    expect(damages).toHaveLength(1);
    expect(damages[0]?.file).toBe(file);
    expect(readFileSync(damages[0]?.movedTo ?? "", "utf8")).toBe(content);
  },
);

test("a change that cannot be written fails, leaves the old file and does not block the next", async () => {
  const store = open();
  await store.put(order("a"));
  const before = readFileSync(file, "utf8");
  const unwritable: Order = { ...order("b"), quantity: 1n as unknown as number };

  await expect(store.put(unwritable)).rejects.toBeInstanceOf(StoreUnavailableError);

  expect(readFileSync(file, "utf8")).toBe(before);
  await store.put(order("c"));
  expect((await store.get("c"))?.id).toBe("c");
});

test("a directory in the place of the file is unavailable, not empty", async () => {
  mkdirSync(file, { recursive: true });

  await expect(open().list()).rejects.toBeInstanceOf(StoreUnavailableError);
});
