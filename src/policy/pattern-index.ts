import { lowerAscii } from "./ascii.ts";

/** A row with a pattern, in a list that never changes. */
interface PatternRow {
  readonly pattern: string;
}

/** The positions of the rows of a list by their pattern in lower case. */
type PatternIndex = ReadonlyMap<string, readonly number[]>;

/** Built by the first question about a list, since most functions with a policy ask none. */
const indexes = new WeakMap<readonly PatternRow[], PatternIndex>();

/** The rows whose pattern, in lower case, is one of these; in the order of the list. */
export function rowsWithPattern<R extends PatternRow>(
  rows: readonly R[],
  patterns: readonly string[],
): readonly R[] {
  const index = indexOf(rows);
  return patterns
    .flatMap((pattern) => index.get(pattern) ?? [])
    .sort((a, b) => a - b)
    .flatMap((position) => rows[position] ?? []);
}

function indexOf(rows: readonly PatternRow[]): PatternIndex {
  const known = indexes.get(rows);
  if (known !== undefined) return known;
  const index = new Map<string, number[]>();
  for (const [position, { pattern }] of rows.entries()) {
    const key = lowerAscii(pattern);
    const same = index.get(key);
    if (same === undefined) index.set(key, [position]);
    else same.push(position);
  }
  indexes.set(rows, index);
  return index;
}
