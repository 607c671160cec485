import { parseRows } from "../../../policy/parse.ts";
import { hasNoteAbove } from "../row-notes.ts";

export interface FormatOptions {
  /** Sort the rows of each block: rows without a blank line or a comment between them. */
  readonly sort: boolean;
}

/**
 * The text of a policy file in its canonical form: each row as `type, field, field`, quoted only where it has to be; no
 * blanks at the ends of lines, one blank line at most between blocks, none at the ends; no BOM. Line endings stay
 * where all are CRLF; else each line ends with `\n`.
 *
 * Comments stay where they are, and so do rows: their order means nothing to the engine, and much to a reader. A line
 * that is no row stays as it is, for the linter to tell; so does one with a lone carriage return, which may hide a row.
 * Formatting again changes nothing.
 */
export function formatRows(path: string, text: string, { sort }: FormatOptions): string {
  const plain = text.replace(/^\ufeff/, "").replace(/\r\n/g, "\n");
  const rows = new Map(parseRows(path, plain).rows.map((row) => [row.line, row.text]));
  const lines = plain.split("\n").map((line, index) => rows.get(index + 1) ?? line.trimEnd());
  const sorted = sort ? sortedBlocks(lines, new Set(rows.values())) : lines;
  const spaced = sorted.filter((line, index) => line !== "" || sorted[index - 1] !== "");
  const body = spaced.join("\n").replace(/^\n|\n$/g, "");
  const ending = isCrlf(text) ? "\r\n" : "\n";
  return body === "" ? "" : `${body.replaceAll("\n", ending)}${ending}`;
}

/** Whether every line ends with CRLF: a checkout on Windows, maybe. */
function isCrlf(text: string): boolean {
  return text.includes("\n") && !/(?<!\r)\n/.test(text);
}

/** Only neighbours change places, so a comment stays above the row that it was above of, or its block. */
function sortedBlocks(lines: readonly string[], rows: ReadonlySet<string>): string[] {
  const result: string[] = [];
  let block: string[] = [];
  const close = () => {
    result.push(...block.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
    block = [];
  };
  for (const [index, line] of lines.entries()) {
    // What a comment for the linter is above of stays below it.
    if (rows.has(line) && hasNoteAbove(lines, index)) {
      close();
      result.push(line);
    } else if (rows.has(line)) block.push(line);
    else {
      close();
      result.push(line);
    }
  }
  close();
  return result;
}
