import { parseRows } from "../../../policy/parse.ts";
import { hasNoteAbove } from "../row-notes.ts";

export interface FormatOptions {
  /** Sort the rows of each block. A block is a run of rows without a blank line or a comment between them. */
  readonly sort: boolean;
}

/**
 * The text of a policy file in its canonical form. Each row is `type, field, field`, quoted only where necessary.
 * There are no blanks at the ends of lines, at most one blank line between blocks, none at the ends, and no BOM. If
 * all line endings are CRLF they stay; otherwise each line ends with `\n`.
 *
 * Comments and rows keep their order: it means nothing to the engine and much to a reader. A line that is not a row
 * stays as it is, so that the linter can report it; so does one with a lone carriage return, which may hide a row.
 * Formatting is idempotent.
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

/** Whether every line ends with CRLF, as in a checkout on Windows. */
function isCrlf(text: string): boolean {
  return text.includes("\n") && !/(?<!\r)\n/.test(text);
}

/** Only adjacent rows change places, so a comment stays above its row or block. */
function sortedBlocks(lines: readonly string[], rows: ReadonlySet<string>): string[] {
  const result: string[] = [];
  let block: string[] = [];
  const close = () => {
    result.push(...block.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
    block = [];
  };
  for (const [index, line] of lines.entries()) {
    // The row below a comment for the linter stays below it.
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
