/** A place in a file. */
export interface Place {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column?: number;
}

/** Sorts by file, line and column, so that the first of several places is the same whatever the row order. */
export function byPlace(a: Place, b: Place): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || (a.column ?? 0) - (b.column ?? 0);
}

/** The same, and by rule where several found something at one place. */
export function byPlaceAndRule(
  a: Place & { readonly rule: string },
  b: Place & { readonly rule: string },
): number {
  return byPlace(a, b) || (a.rule < b.rule ? -1 : 1);
}
