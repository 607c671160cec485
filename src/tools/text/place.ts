/** A place in a file. */
export interface Place {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column?: number;
}

/** A place to the column, as findings have it. */
export interface At extends Place {
  /** Counted from 1, in UTF-16 code units. */
  readonly column: number;
}

/** Sorts by file, line and column, so that the first of several places does not depend on the row order. */
export function byPlace(a: Place, b: Place): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || (a.column ?? 0) - (b.column ?? 0);
}

/** The lines of a file as findings count them, without byte order mark and line endings. */
export function linesOf(text: string): readonly string[] {
  return text.replace(/^\uFEFF/, "").split(/\r?\n/);
}

/** The line and column of an offset, both counted from 1. Supports Windows line endings. */
export function placeIn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}
