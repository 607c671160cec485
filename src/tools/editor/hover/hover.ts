import type { Occurrence } from "../names/name.ts";
import type { NameIndex } from "../names/name-index.ts";
import { rowFacts } from "../view/row-facts.ts";
import { hoverOfName } from "./hover-name.ts";
import { hoverOfRow } from "./hover-row.ts";

/** What is shown about a place: Markdown, and the range that it is about. */
export interface Hover {
  readonly markdown: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/**
 * What the name at a place is for, or what the row does whose type or effect is there; undefined elsewhere. Names are
 * shown as code, so that those of others become no link and no HTML.
 */
export function hoverAt(index: NameIndex, file: string, line: number, column: number): Hover | undefined {
  const one = index.at(file, line, column);
  const facts = rowFacts(index);
  if (one !== undefined) {
    const markdown = hoverOfName(facts, one);
    return markdown === undefined ? undefined : { markdown, ...rangeOf(one) };
  }
  const rows = index.rows.find((each) => each.file === file);
  const fields = rows?.fieldsOn(line) ?? [];
  const field = fields.find((each) => each.column <= column && column <= each.column + each.length);
  const markdown =
    field === undefined
      ? undefined
      : hoverOfRow(
          facts,
          fields.map(({ text }) => text),
        );
  return field === undefined || markdown === undefined
    ? undefined
    : { markdown, line, column: field.column, length: field.length };
}

function rangeOf({ line, column, length }: Occurrence) {
  return { line, column, length };
}
