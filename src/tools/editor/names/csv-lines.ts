import { type Field, readCsv } from "../../../policy/csv.ts";
import type { NameKind, Occurrence, UnreadPart } from "./name.ts";
import { isRowType, namesOfRow } from "./row-names.ts";
import { columnOf } from "./written-string.ts";

/** A name on a line, without the number of the line, so that lines above may come and go. */
type NameOnLine = Pick<Occurrence, "kind" | "name" | "column" | "length" | "start" | "defines"> & {
  readonly field: Field;
};

interface LineRead {
  /** The fields of a row, its type first; none on a comment or a blank line. */
  readonly fields: readonly Field[];
  readonly names: readonly NameOnLine[];
  readonly unread: boolean;
}

const NOTHING: LineRead = { fields: [], names: [], unread: false };

/**
 * The lines of a policy file. After an edit only the lines are read that differ, whatever the size of the file; the
 * rest costs a comparison of strings.
 */
export class CsvLines {
  readonly file: string;
  readonly text: string;
  readonly #lines: readonly string[];
  readonly #read: readonly LineRead[];
  /** The line from which on the file is one of a spreadsheet, counted from 1. */
  readonly #spreadsheetAt: number | undefined;
  /** How many lines have each name; an edited file takes it over. */
  #counts: Map<NameKind, Map<string, number>> | undefined;

  /** @param before the same file with another text, if it was read before */
  constructor(file: string, text: string, before?: CsvLines) {
    this.file = file;
    this.text = text;
    this.#lines = text.replace(/^\uFEFF/, "").split("\n");
    const [known, lines] = [before?.lines ?? [], this.#lines];
    const most = Math.min(known.length, lines.length);
    let head = 0;
    while (head < most && known[head] === lines[head]) head += 1;
    let tail = 0;
    while (tail < most - head && known[known.length - 1 - tail] === lines[lines.length - 1 - tail]) tail += 1;
    const changed = lines.slice(head, lines.length - tail).map((line) => readLine(file, line));
    const reads = before === undefined ? [] : before.#read;
    this.#read = [...reads.slice(0, head), ...changed, ...reads.slice(reads.length - tail)];
    this.#takeCounts(before);
    this.#count(reads.slice(head, reads.length - tail), -1);
    this.#count(changed, 1);
    // A form needs several lines: an edit of few lines of a policy file does not make one.
    const asBefore = before !== undefined && before.#spreadsheetAt === undefined && changed.length < 3;
    this.#spreadsheetAt = asBefore ? undefined : readCsv(file, text).form?.line;
  }

  #takeCounts(before: CsvLines | undefined): void {
    if (before === undefined) return;
    this.#counts = before.#counts;
    before.#counts = undefined;
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  /** The fields of a row by its line, counted from 1, its type first; none on another line. */
  fieldsOn(line: number): readonly Field[] {
    return this.#spreadsheetAt === undefined ? (this.#read[line - 1]?.fields ?? []) : [];
  }

  get unread(): readonly UnreadPart[] {
    const { file, text } = this;
    if (this.#spreadsheetAt !== undefined) return [{ file, line: this.#spreadsheetAt, column: 1, text }];
    return this.#read.flatMap(({ unread }, index) =>
      unread ? [{ file, line: index + 1, column: 1, text: this.#lines[index] ?? "" }] : [],
    );
  }

  /** Every name of a kind once. */
  names(kind: NameKind): Iterable<string> {
    if (this.#spreadsheetAt !== undefined) return [];
    if (this.#counts === undefined) {
      this.#counts = new Map();
      this.#count(this.#read, 1);
    }
    return this.#counts.get(kind)?.keys() ?? [];
  }

  occurrencesOf(kind: NameKind, name: string): readonly Occurrence[] {
    if (this.#spreadsheetAt !== undefined) return [];
    const found: Occurrence[] = [];
    for (const [index, { names }] of this.#read.entries()) {
      for (const one of names)
        if (one.name === name && one.kind === kind) found.push(this.#placed(index + 1, one));
    }
    return found;
  }

  occurrencesOn(line: number): readonly Occurrence[] {
    if (this.#spreadsheetAt !== undefined) return [];
    return (this.#read[line - 1]?.names ?? []).map((one) => this.#placed(line, one));
  }

  #count(lines: readonly LineRead[], difference: 1 | -1): void {
    const counts = this.#counts;
    if (counts === undefined) return;
    for (const { kind, name } of lines.flatMap(({ names }) => names)) {
      const ofKind = counts.get(kind) ?? new Map<string, number>();
      counts.set(kind, ofKind);
      const count = (ofKind.get(name) ?? 0) + difference;
      if (count === 0) ofKind.delete(name);
      else ofKind.set(name, count);
    }
  }

  #placed(line: number, { field, ...one }: NameOnLine): Occurrence {
    const { file } = this;
    return { ...one, file, line, within: { ...field, file, line, form: "csv" } };
  }
}

function readLine(file: string, line: string): LineRead {
  const fields = PLAIN.test(line) ? plainFields(line) : carefulFields(file, line);
  if (fields === undefined) return { ...NOTHING, unread: true };
  if (fields.length === 0) return NOTHING;
  const names = namesOfRow({ fields }).flatMap(
    ({ field: index, start, kind, name, defines }): NameOnLine[] => {
      const field = fields[index];
      if (field === undefined) return [];
      const within = { ...field, file, line: 1, form: "csv" } as const;
      const column = columnOf(within, start);
      const length = columnOf(within, start + name.length) - column;
      return [{ kind, name, column, length, start, defines, field }];
    },
  );
  return { fields, names, unread: !isRowType(fields[0]?.text ?? "") };
}

/** Nearly every line: without quotes and whatever else needs care. The start of a file of many lines depends on it. */
const PLAIN = /^[\t !#-'*-~]{0,500}\r?$/;

/** INVARIANT: the fields that `readCsv` reads. A property test compares them. */
function plainFields(written: string): readonly Field[] {
  const line = written.endsWith("\r") ? written.slice(0, -1) : written;
  if (/^\s*(?:#|$)/.test(line)) return [];
  let start = 0;
  return line.split(",").map((field) => {
    const text = field.trim();
    const column = start + field.length - field.trimStart().length + 1;
    start += field.length + 1;
    return { text, column: text === "" ? start : column, length: text.length };
  });
}

/** Undefined for a line that is not CSV. */
function carefulFields(file: string, line: string): readonly Field[] | undefined {
  const { records, findings, form } = readCsv(file, line);
  return findings.length > 0 || form !== undefined ? undefined : (records[0]?.fields ?? []);
}
