import { createRevocationTable } from "../../../../../src/lambda/revocation-table.ts";
import { STOP_KEY } from "../../../../../src/token/emergency-stop.ts";
import { createEmergencyStopItem } from "../../../../../src/tools/deployment/aws/emergency-stop.ts";
import { memoryTable } from "../../../../support/dynamodb-table.ts";

// The AWS SDK as it is: what a command writes is what an authorizer reads.

const { items } = memoryTable("list");
const item = createEmergencyStopItem("us-east-1", "list");
const table = createRevocationTable("list");
beforeEach(() => items.clear());

const stopped = (permission: string, by = "ada") => ({
  permission,
  by,
  at: "2026-11-29T12:00:00.000Z",
  reason: "double refunds",
});
const names = async () =>
  (await table.find([STOP_KEY])).map(({ stopped: all }) => all?.map((one) => one.permission));

it("stops nothing before anything was written, and nothing after the last permission was resumed", async () => {
  expect(await item.read()).toBeUndefined();
  await item.add([stopped("orders:refund")]);
  expect(await item.remove(["orders:refund"])).toEqual({ left: undefined });
  expect(await item.read()).toBeUndefined();
  expect(await names()).toEqual([[]]);
});

it("is read by an authorizer with who stopped what, when and why", async () => {
  await item.add([stopped("orders:refund"), stopped("*:write")]);
  expect(await table.find(["sub#pool#a", STOP_KEY])).toEqual([
    { key: STOP_KEY, before: undefined, stopped: [stopped("*:write"), stopped("orders:refund")] },
  ]);
});

it("keeps what another operator stops at the same time, and what the other resumes does not take it along", async () => {
  await Promise.all([item.add([stopped("orders:refund")]), item.add([stopped("users:*", "ben")])]);
  expect(await names()).toEqual([["orders:refund", "users:*"]]);
  const other = createEmergencyStopItem("us-east-1", "list");
  await Promise.all([item.remove(["orders:refund"]), other.add([stopped("*")])]);
  expect(await names()).toEqual([["*", "users:*"]]);
});

it("keeps who stopped a permission first", async () => {
  await item.add([stopped("*")]);
  expect(await item.add([stopped("*", "ben")])).toEqual({ stopped: [stopped("*")] });
});

it("resumes all of the permissions or none: another operator was faster with one of them", async () => {
  await item.add([stopped("orders:refund"), stopped("users:*")]);
  await item.remove(["users:*"]);
  expect(await item.remove(["orders:refund", "users:*"])).toBeUndefined();
  expect(await names()).toEqual([["orders:refund"]]);
});

describe("an item without a map", () => {
  it.each<[string, object]>([
    ["that has the key alone, as somebody wrote it in a hurry", {}],
    ["whose map is a text", { stops: { S: "*" } }],
    ["whose map is a list of names", { stops: { SS: ["orders:refund"] } }],
  ])("%s stops everything, and no more specific stop can weaken it", async (_what, fields) => {
    items.set(STOP_KEY, { key: { S: STOP_KEY }, ...fields });
    expect(await names()).toEqual([undefined]);
    expect(await item.read()).toEqual({ stopped: undefined });
    await expect(item.add([stopped("orders:refund")])).rejects.toMatchObject({
      code: "emergency_stop_unreadable",
    });
    expect(await names()).toEqual([undefined]);
    expect(await item.removeUnreadable()).toBe(true);
    expect(await names()).toEqual([]);
  });

  it("is not what is deleted if it has one meanwhile", async () => {
    await item.add([stopped("*")]);
    expect(await item.removeUnreadable()).toBe(false);
    expect(await names()).toEqual([["*"]]);
  });
});

it("counts a permission whose details are damaged by its name", async () => {
  const stops = { M: { "orders:refund": { S: "x" }, "users:*": { M: { by: { N: "7" } } } } };
  items.set(STOP_KEY, { key: { S: STOP_KEY }, stops });
  expect(await names()).toEqual([["orders:refund", "users:*"]]);
});
