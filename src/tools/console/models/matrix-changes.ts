import type { MatrixJson } from "../contract.ts";

/** The name of a cell. */
export const cellKey = (route: string, subject: string) => `${route} ${subject}`;

/** The cells whose access differs, by {@link cellKey}; a route or a subject that is new differs everywhere. */
export function changedCells(before: MatrixJson, after: MatrixJson): ReadonlySet<string> {
  const columnOf = new Map(before.columns.map((subject, index) => [subject, index]));
  const rowOf = new Map(before.rows.map((row) => [row.route, row]));
  const changed = new Set<string>();
  for (const { route, cells } of after.rows) {
    const known = rowOf.get(route)?.cells;
    for (const [index, subject] of after.columns.entries()) {
      const then = before.accesses[known?.[columnOf.get(subject) ?? -1] ?? -1];
      if (then?.text !== after.accesses[cells[index] ?? -1]?.text) changed.add(cellKey(route, subject));
    }
  }
  return changed;
}
