import type { MatrixJson } from "../contract.ts";

/** Which subjects are columns; `app` is users through an app. */
export type ColumnKind = "group" | "role" | "all" | "app";

const THROUGH = " through client:";

/** Whether the policy limits apps. */
export const hasApps = ({ columns }: MatrixJson) => columns.some((subject) => subject.includes(THROUGH));

/** The matrix with only these columns. */
export function withColumns(matrix: MatrixJson, kind: ColumnKind): MatrixJson {
  const isShown = (subject: string) => {
    if (subject.includes(THROUGH)) return kind === "app";
    return kind === "all" || subject.startsWith(`${kind}:`);
  };
  const indexes = [...matrix.columns.keys()].filter((index) => isShown(matrix.columns[index] ?? ""));
  return {
    ...matrix,
    columns: indexes.flatMap((index) => matrix.columns[index] ?? []),
    rows: matrix.rows.map((row) => ({ ...row, cells: indexes.flatMap((index) => row.cells[index] ?? []) })),
  };
}

/** The name of a cell. */
export const cellKey = (route: string, subject: string) => `${route} ${subject}`;

/** The cells whose access differs, by {@link cellKey}; a route or a subject that is new differs everywhere. */
export function changedCells(before: MatrixJson, after: MatrixJson): ReadonlySet<string> {
  const known = new Map(cellsOf(before));
  return new Set(cellsOf(after).flatMap(([key, text]) => (known.get(key) === text ? [] : [key])));
}

function cellsOf({ columns, rows }: MatrixJson): readonly (readonly [string, string])[] {
  return rows.flatMap(({ route, cells }) =>
    cells.map(({ text }, index) => [cellKey(route, columns[index] ?? ""), text] as const),
  );
}
