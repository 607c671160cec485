import type { CompiledPolicy } from "../../../policy/compile.ts";
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

/** What a hover is asked about. */
export interface HoverContext {
  readonly index: NameIndex;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
  /** The policy, if it loads and is small enough to be compared with itself without a row. */
  readonly compiled: () => CompiledPolicy | undefined;
}

/**
 * What the name at a place is for, or what the row does whose type or effect is there; undefined elsewhere. Names are
 * shown as code, so that those of others become no link and no HTML.
 */
export function hoverAt({ index, file, line, column, compiled }: HoverContext): Hover | undefined {
  const one = index.at(file, line, column);
  const facts = rowFacts(index);
  if (one !== undefined) {
    const markdown = hoverOfName(facts, one);
    return markdown === undefined ? undefined : { markdown, ...rangeOf(one) };
  }
  const fields = index.rows.find((each) => each.file === file)?.fieldsOn(line) ?? [];
  const field = fields.find((each) => each.column <= column && column <= each.column + each.length);
  if (field === undefined) return undefined;
  const markdown = hoverOfRow(
    facts,
    fields.map(({ text }) => text),
    compiled,
  );
  return markdown === undefined ? undefined : { markdown, line, column: field.column, length: field.length };
}

function rangeOf({ line, column, length }: Occurrence) {
  return { line, column, length };
}
