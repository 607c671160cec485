import type { Access } from "../../access/access.ts";

/** The kinds of access by their code; a code past the last is a condition, the one at that distance in a list. */
export const CELL_CODES = [
  "none",
  "allowed",
  "denied",
  "public",
] as const satisfies readonly Access["kind"][];

/**
 * The cells of a row of the matrix: for each run of equal cells that grant or deny something, how many empty cells are
 * before it, how long it is, and its code. Empty cells at the end are left out.
 *
 * @param codeOf the code of a cell; 0 is empty
 */
export function cellRuns<T>(cells: readonly T[], codeOf: (cell: T) => number): readonly number[] {
  const runs: number[] = [];
  let empty = 0;
  let before = 0;
  for (const cell of cells) {
    const code = codeOf(cell);
    if (code === 0) empty += 1;
    else if (code === before) runs[runs.length - 2] = (runs[runs.length - 2] ?? 0) + 1;
    else {
      runs.push(empty, 1, code);
      empty = 0;
    }
    before = code;
  }
  return runs;
}
