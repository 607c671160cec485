import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DamagedDataError,
  JsonDataStoreFactory,
} from "../../../../../src/tools/local/pool/json-data-store.ts";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "claimgate-store-"));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

const open = (defaults: object = {}) =>
  new JsonDataStoreFactory(directory).create(undefined, "pool", defaults);

test("values survive a reopening, dates as dates", async () => {
  const at = new Date("2026-11-21T10:00:00.000Z");
  await (await open({ Users: {} })).set(undefined, ["Users", "a"], { UserCreateDate: at, deep: { x: 1 } });

  const again = await open({ Users: {}, Groups: {} });

  expect(await again.get(undefined, ["Users", "a"])).toEqual({ UserCreateDate: at, deep: { x: 1 } });
  expect(await again.get(undefined, "Groups")).toEqual({});
});

test("a missing value is the default, or null", async () => {
  const store = await open();

  expect(await store.get(undefined, ["Users", "a"])).toBeNull();
  expect(await store.get(undefined, "Users", {})).toEqual({});
  expect(await store.get(undefined, ["constructor", "name"])).toBeNull();
});

test("editing a read value does not change the stored one", async () => {
  const store = await open({ Users: { a: { n: 1 } } });

  const read = (await store.get(undefined, ["Users", "a"])) as { n: number };
  read.n = 2;

  expect(await store.get(undefined, ["Users", "a"])).toEqual({ n: 1 });
});

test("a deleted value is gone", async () => {
  const store = await open({ Users: { a: 1, b: 2 } });

  await store.delete(undefined, ["Users", "a"]);

  expect(await (await open()).getRoot(undefined)).toEqual({ Users: { b: 2 } });
});

test("only the owner reads the file, and no draft stays behind", async () => {
  const store = await open();
  await Promise.all([1, 2, 3].map((n) => store.set(undefined, ["k", String(n)], n)));

  expect(readdirSync(directory)).toEqual(["pool.json"]);
  expect(statSync(join(directory, "pool.json")).mode & 0o077).toBe(0);
});

test.each(["{", "[]", "1"])("a file that holds %p is an error and stays as it is", async (content) => {
  const file = join(directory, "pool.json");
  writeFileSync(file, content);

  await expect(open()).rejects.toBeInstanceOf(DamagedDataError);

  expect(readFileSync(file, "utf8")).toBe(content);
});
