import type { CellJson, MatrixJson } from "../../../../../src/tools/console/contract.ts";
import { changedCells } from "../../../../../src/tools/console/models/matrix-changes.ts";
import {
  columnsOf,
  foundColumns,
  foundRows,
  hasApps,
} from "../../../../../src/tools/console/models/matrix-part.ts";

const cell = (kind: CellJson["kind"], text: string = kind): CellJson => ({ kind, text });
const NONE = cell("none");
/** `accesses` has what cells say in the order of their first occurrence, as the server tells it. */
function matrix(columns: readonly string[], rows: Readonly<Record<string, readonly CellJson[]>>): MatrixJson {
  const accesses: CellJson[] = [];
  const indexOf = (one: CellJson) => {
    const known = accesses.findIndex(({ text }) => text === one.text);
    return known < 0 ? accesses.push(one) - 1 : known;
  };
  const told = Object.entries(rows).map(([route, cells]) => ({
    route,
    permissions: [`${route.slice(5)}:read`],
    cells: cells.map(indexOf),
  }));
  return { version: "v", columns, accesses, rows: told };
}
const BEFORE = matrix(["role:a", "group:b"], { "GET /x": [cell("allowed"), NONE] });

test("only cells whose access differs have changed, wherever their column is now", () => {
  const after = matrix(["group:b", "role:a"], { "GET /x": [cell("allowed"), cell("allowed")] });
  expect([...changedCells(BEFORE, after)]).toEqual(["GET /x group:b"]);
  expect(changedCells(BEFORE, BEFORE).size).toBe(0);
});

test("the same access has not changed where the server lists it at another place", () => {
  const after = matrix(["role:a", "group:b"], { "GET /w": [NONE, NONE], "GET /x": [cell("allowed"), NONE] });
  expect([...changedCells(BEFORE, after)]).toEqual(["GET /w role:a", "GET /w group:b"]);
});

test("another condition is another access", () => {
  const one = matrix(["role:a"], { "GET /x": [cell("conditional", "if {a}=sub")] });
  const other = matrix(["role:a"], { "GET /x": [cell("conditional", "if {a}=tenant_id")] });
  expect([...changedCells(one, other)]).toEqual(["GET /x role:a"]);
});

test("a new route has changed for every subject, and a new subject for every route", () => {
  const after = matrix(["role:a", "group:b", "group:c"], {
    "GET /x": [cell("allowed"), NONE, NONE],
    "GET /y": [NONE, NONE, NONE],
  });
  expect([...changedCells(BEFORE, after)]).toEqual([
    "GET /x group:c",
    "GET /y role:a",
    "GET /y group:b",
    "GET /y group:c",
  ]);
});

test("columns are chosen by the kind of subject, with the place of their cells", () => {
  expect(columnsOf(BEFORE, "group")).toEqual([{ subject: "group:b", index: 1 }]);
  expect(columnsOf(BEFORE, "all")).toEqual([
    { subject: "role:a", index: 0 },
    { subject: "group:b", index: 1 },
  ]);
});

test("users through apps are columns of their own, whatever else is chosen", () => {
  const through = "role:a through client:web";
  const limited = matrix(["role:a", through], { "GET /x": [cell("allowed"), NONE] });
  expect(columnsOf(limited, "app")).toEqual([{ subject: through, index: 1 }]);
  expect(columnsOf(limited, "role")).toEqual([{ subject: "role:a", index: 0 }]);
  expect(columnsOf(limited, "all")).toEqual([{ subject: "role:a", index: 0 }]);
  expect([hasApps(limited), hasApps(BEFORE)]).toEqual([true, false]);
});

describe("a search", () => {
  const MANY = matrix(["group:North America", "group:south"], {
    "GET /orders": [NONE, NONE],
    "POST /orders": [NONE, NONE],
    "GET /items": [NONE, NONE],
  });
  const found = (route: string) => foundRows(MANY.rows, { route, subject: "" }).map((row) => row.route);

  it("finds routes by every word of the route or its permissions, in any order and case", () => {
    expect(found("ORDERS get")).toEqual(["GET /orders"]);
    expect(found("items:read")).toEqual(["GET /items"]);
    expect(found("  ")).toEqual(["GET /orders", "POST /orders", "GET /items"]);
    expect(found("orders items")).toEqual([]);
  });

  it("finds subjects by their words, with the place of their cells", () => {
    const columns = columnsOf(MANY, "group");
    expect(foundColumns(columns, { route: "", subject: "america north" })).toEqual([columns[0]]);
    expect(foundColumns(columns, { route: "", subject: "SOUTH" })).toEqual([columns[1]]);
    expect(foundColumns(columns, { route: "orders", subject: "" })).toEqual(columns);
  });

  it("finds public routes by that word", () => {
    const rows = [...MANY.rows, { route: "GET /health", permissions: [], cells: [0, 0] }];
    expect(foundRows(rows, { route: "public", subject: "" }).map(({ route }) => route)).toEqual([
      "GET /health",
    ]);
  });
});
