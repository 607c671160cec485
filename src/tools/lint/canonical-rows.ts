import { byText } from "../../policy/parse.ts";
import type { Row } from "../../policy/row.ts";

/** The rows of a file -> their indices in canonical order. */
const orders = new WeakMap<readonly Row[], readonly number[]>();

/** The rows of files in canonical order, as `parsePolicy` has them; those of a file are sorted once. */
export function canonicalRows(files: readonly (readonly Row[])[]): readonly Row[] {
  const rows = files.flatMap((own) => orderOf(own).flatMap((index) => own[index] ?? []));
  // The sort finds that each file is in order, and merges.
  return files.length === 1 ? rows : rows.sort(byText);
}

/**
 * Takes the order over to the rows of an edited file: only those between the first and the last that differ are sorted,
 * and the sort merges them into the others.
 */
export function keepOrder(before: readonly Row[], after: readonly Row[]): void {
  const order = orders.get(before);
  if (order === undefined) return;
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head]?.text === after[head]?.text) head += 1;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail)?.text === after.at(-1 - tail)?.text) tail += 1;
  const moved = after.length - before.length;
  const kept = order.flatMap((index) =>
    index < head ? [index] : index >= before.length - tail ? [index + moved] : [],
  );
  const others = Array.from({ length: after.length - tail - head }, (_, index) => head + index);
  orders.set(after, [...kept, ...others].sort(byTextIn(after)));
}

function orderOf(rows: readonly Row[]): readonly number[] {
  const known = orders.get(rows);
  if (known !== undefined) return known;
  const order = rows.map((_, index) => index).sort(byTextIn(rows));
  orders.set(rows, order);
  return order;
}

/** Rows of one text are in the order of their lines. */
function byTextIn(rows: readonly Row[]): (a: number, b: number) => number {
  return (a, b) => {
    const [one, other] = [rows[a], rows[b]];
    return one === undefined || other === undefined ? a - b : byText(one, other) || a - b;
  };
}
