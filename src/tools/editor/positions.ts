import type { Position, Range } from "vscode-languageserver";
import type { Row } from "../../policy/row.ts";
import { offsetIn, placeIn } from "../text/place.ts";

// Lines and columns of claimgate count from 1, those of the protocol from 0; both count UTF-16 code units. A byte order
// mark is no column for either: editors strip it.

/** The position of a place. */
export function positionOf({ line, column }: { readonly line: number; readonly column: number }): Position {
  return { line: line - 1, character: column - 1 };
}

/** The range of so many characters on one line. */
export function rangeAt(place: { readonly line: number; readonly column: number }, length: number): Range {
  return { start: positionOf(place), end: positionOf({ ...place, column: place.column + length }) };
}

/** The range of a field of a row, quotes included; 0 is the first field after the row type. */
export function fieldRange({ line, columns, lengths }: Row, field: number): Range {
  return rangeAt({ line, column: columns[field] ?? 1 }, lengths[field] ?? 0);
}

/** The range of a row, from its type to the end of its last field. */
export function rowRange({ line, columns, lengths }: Row): Range {
  const end = (columns.at(-1) ?? 1) + (lengths.at(-1) ?? 0);
  return rangeAt({ line, column: 1 }, end - 1);
}

/** The field of a row at a position, also right behind it; undefined for the row type and between fields. */
export function fieldAt({ columns, lengths }: Row, { character }: Position): number | undefined {
  const found = columns.findIndex(
    (column, index) => character >= column - 1 && character <= column - 1 + (lengths[index] ?? 0),
  );
  return found < 0 ? undefined : found;
}

/** The range of characters of a text, by their offset. */
export function rangeOfOffset(text: string, offset: number, length: number): Range {
  return { start: positionAt(text, offset), end: positionAt(text, offset + length) };
}

/** The offset of a position; beyond the end of a line, that end. */
export function offsetAt(text: string, { line, character }: Position): number {
  const start = offsetIn(text, line + 1, 1);
  const end = text.indexOf("\n", start);
  return Math.min(start + character, end < 0 ? text.length : end);
}

function positionAt(text: string, offset: number): Position {
  const mark = text.startsWith("\uFEFF") ? 1 : 0;
  const { line, column } = placeIn(text, offset);
  return positionOf({ line, column: line === 1 ? column - mark : column });
}
