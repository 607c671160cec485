import type { Place } from "../../policy/place.ts";

/** A place to the column, as findings have it. */
export interface At extends Place {
  /** Counted from 1, in UTF-16 code units. */
  readonly column: number;
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

/**
 * The offset of a place of {@link placeIn}, in a text that may begin with a byte order mark; of a line behind the last
 * one, the end of the text.
 */
export function offsetIn(text: string, line: number, column: number): number {
  let start = text.startsWith("\uFEFF") && line === 1 ? 1 : 0;
  for (let count = 1; count < line; count += 1) {
    const end = text.indexOf("\n", start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  return start + column - 1;
}
