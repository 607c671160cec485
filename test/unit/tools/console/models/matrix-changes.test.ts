import type { CellJson, MatrixJson } from "../../../../../src/tools/console/contract.ts";
import {
  changedCells,
  hasApps,
  withColumns,
} from "../../../../../src/tools/console/models/matrix-changes.ts";

const cell = (kind: CellJson["kind"], text: string = kind): CellJson => ({ kind, text });
const matrix = (
  columns: readonly string[],
  rows: Readonly<Record<string, readonly CellJson[]>>,
): MatrixJson => ({
  version: "v",
  columns,
  rows: Object.entries(rows).map(([route, cells]) => ({ route, permissions: [], cells })),
});
const BEFORE = matrix(["role:a", "group:b"], { "GET /x": [cell("allowed"), cell("none")] });

test("only cells whose access differs have changed, wherever their column is now", () => {
  const after = matrix(["group:b", "role:a"], { "GET /x": [cell("allowed"), cell("allowed")] });
  expect([...changedCells(BEFORE, after)]).toEqual(["GET /x group:b"]);
  expect(changedCells(BEFORE, BEFORE).size).toBe(0);
});

test("another condition is another access", () => {
  const one = matrix(["role:a"], { "GET /x": [cell("conditional", "if {a}=sub")] });
  const other = matrix(["role:a"], { "GET /x": [cell("conditional", "if {a}=tenant_id")] });
  expect([...changedCells(one, other)]).toEqual(["GET /x role:a"]);
});

test("a new route has changed for every subject", () => {
  const after = matrix(["role:a", "group:b"], {
    "GET /x": [cell("allowed"), cell("none")],
    "GET /y": [cell("none"), cell("none")],
  });
  expect([...changedCells(BEFORE, after)]).toEqual(["GET /y role:a", "GET /y group:b"]);
});

test("columns are chosen by the kind of subject, with their cells", () => {
  expect(withColumns(BEFORE, "group")).toMatchObject({
    columns: ["group:b"],
    rows: [{ route: "GET /x", cells: [{ kind: "none" }] }],
  });
  expect(withColumns(BEFORE, "all")).toEqual(BEFORE);
});

test("users through apps are columns of their own, whatever else is chosen", () => {
  const through = "role:a through client:web";
  const limited = matrix(["role:a", through], { "GET /x": [cell("allowed"), cell("none")] });
  expect(withColumns(limited, "app")).toMatchObject({
    columns: [through],
    rows: [{ cells: [{ kind: "none" }] }],
  });
  expect(withColumns(limited, "role").columns).toEqual(["role:a"]);
  expect(withColumns(limited, "all").columns).toEqual(["role:a"]);
  expect([hasApps(limited), hasApps(BEFORE)]).toEqual([true, false]);
});
