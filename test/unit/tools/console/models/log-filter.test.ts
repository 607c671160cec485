import type { LogEntryJson } from "../../../../../src/tools/console/contract.ts";
import { filtered, NO_FILTER, withEntry } from "../../../../../src/tools/console/models/log-filter.ts";

const entry = (id: number, changes: Partial<LogEntryJson>): LogEntryJson => ({
  id,
  at: 0,
  kind: "call",
  outcome: "allow",
  status: 200,
  who: "alice@example.com",
  what: "GET /orders/17",
  route: "GET /orders/{orderId}",
  why: "",
  rows: [],
  subjects: [],
  ...changes,
});
const ENTRIES = [
  entry(3, {}),
  entry(2, {
    outcome: "deny",
    who: "client:reporting",
    what: "DELETE /orders/17",
    route: "DELETE /orders/{orderId}",
  }),
  entry(1, { outcome: "refused", who: "nobody", what: "GET /reports", route: null }),
];
const ids = (filter: object) => filtered(ENTRIES, { ...NO_FILTER, ...filter }).map(({ id }) => id);

test("every part of the filter has to fit", () => {
  expect(ids({})).toEqual([3, 2, 1]);
  expect(ids({ outcome: "deny" })).toEqual([2]);
  expect(ids({ who: "ALICE" })).toEqual([3]);
  expect(ids({ outcome: "deny", who: "alice" })).toEqual([]);
});

test("a route is found by its words, as called and as declared", () => {
  expect(ids({ route: "orders delete" })).toEqual([2]);
  expect(ids({ route: "{orderid}" })).toEqual([3, 2]);
  expect(ids({ route: "/reports" })).toEqual([1]);
});

test("a new entry is on top, and one that was heard of twice is listed once", () => {
  const more = withEntry(ENTRIES, entry(4, {}));
  expect(more.map(({ id }) => id)).toEqual([4, 3, 2, 1]);
  expect(withEntry(more, entry(3, {}))).toBe(more);
});

test("an endless run keeps no endless list", () => {
  let entries: readonly LogEntryJson[] = [];
  for (let id = 1; id <= 600; id += 1) entries = withEntry(entries, entry(id, {}));
  expect(entries).toHaveLength(500);
  expect(entries[0]?.id).toBe(600);
});
