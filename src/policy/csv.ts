import type { Finding } from "./finding.ts";
import {
  isNoRow,
  type SpreadsheetForm,
  spreadsheetForm,
  withAsciiPunctuation,
  withoutPadding,
} from "./spreadsheet.ts";
import { trimEndOf } from "./trimmed-end.ts";

/** One field of a record, unquoted and trimmed, with its start. */
export interface Field {
  readonly text: string;
  /** Counted from 1, in UTF-16 code units. */
  readonly column: number;
  /** The length in the file, quotes included, in UTF-16 code units. */
  readonly length: number;
}

/** The column of a character of the text: after the opening quote, and after the quotes that are doubled before it. */
export function columnIn({ text, column, length }: Field, offset: number): number {
  if (length === text.length) return column + offset;
  // An empty field has no character: its place is that of its quotes.
  return text === "" ? column : column + 1 + offset + text.slice(0, offset).split('"').length - 1;
}

/** One line with fields. */
export interface CsvRecord {
  /** Counted from 1. */
  readonly line: number;
  readonly fields: readonly Field[];
}

/** All records and all findings of a file. A file with any finding does not load. */
export interface CsvReading {
  readonly records: readonly CsvRecord[];
  readonly findings: readonly Finding[];
  /** The dialect of the file, if a spreadsheet or an input method wrote it. */
  readonly form: SpreadsheetForm | undefined;
}

/**
 * Reads comma-separated lines strictly: casbin's own file adapter reads every accepted line as the same fields.
 * Whatever it would read differently, drop or fail on is a finding. A comment starts with `#` as the first character of
 * its line; blank lines, a byte order mark and Windows line endings are fine.
 */
export function readCsv(file: string, text: string): CsvReading {
  const records: CsvRecord[] = [];
  const findings: Finding[] = [];
  const body = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const lines = body.split("\n").map((raw) => (raw.endsWith("\r") ? raw.slice(0, -1) : raw));
  const form = spreadsheetForm(lines.map((line) => (line.length > LONGEST_LINE ? "" : line)));
  if (form !== undefined) findings.push(spreadsheetFinding(file, form));
  lines.forEach((written, index) => {
    const content = form === undefined ? written : withAsciiPunctuation(written);
    const place = { file, line: index + 1 };
    const carriageReturn = content.indexOf("\r");
    if (carriageReturn >= 0) {
      findings.push({ ...place, ...LONE_CARRIAGE_RETURN, column: carriageReturn + 1 });
      return;
    }
    const start = skipBlanks(content, 0);
    if (start >= content.length || content[start] === "#") return;
    if (form !== undefined && isNoRow(content, form)) return;
    if (content.length > LONGEST_LINE) {
      findings.push({ ...place, ...TOO_LONG, column: LONGEST_LINE + 1 });
      return;
    }
    const line = readLine(content, form?.separator ?? ",");
    if ("problem" in line) {
      findings.push({ ...place, ...line.problem });
      return;
    }
    const fields = form === undefined ? line.fields : withoutPadding(line.fields);
    const problems = fields.flatMap((field) => textFindings(place, field));
    findings.push(...problems);
    if (problems.length === 0) records.push({ line: place.line, fields });
  });
  return { records, findings, form };
}

/** One finding for the file, since every line would get the same one. */
function spreadsheetFinding(file: string, { signs, line }: SpreadsheetForm): Finding {
  return {
    rule: "spreadsheet-file",
    file,
    line,
    column: 1,
    message: `the file has the format of a spreadsheet or an input method: ${signs.join(", ")}`,
    fix: "run `claimgate check --fix` to convert it to a policy file; see docs/policies.md, Spreadsheets",
  };
}

/** In UTF-16 code units, far above any useful row; comments may be longer. */
const LONGEST_LINE = 8_192;

const TOO_LONG = {
  rule: "line-too-long",
  message: `the line is longer than ${LONGEST_LINE} characters, the maximum of a row`,
  fix: "check that the file is CSV with one row per line",
};

/** Checked in comments too: a file with old Macintosh line endings would be one long comment. */
const LONE_CARRIAGE_RETURN = {
  rule: "line-ending",
  message: "a line contains a carriage return",
  fix: "save the file with LF or CRLF line endings",
};

type Problem = Pick<Finding, "rule" | "column" | "message"> & { readonly fix: string };

function readLine(content: string, separator: string): { fields: Field[] } | { problem: Problem } {
  const fields: Field[] = [];
  let position = 0;
  for (;;) {
    position = skipBlanks(content, position, separator);
    const quoted = content[position] === '"';
    const read = quoted ? readQuoted(content, position, separator) : readPlain(content, position, separator);
    if ("problem" in read) return read;
    fields.push({ text: read.text, column: position + 1, length: read.length });
    position = read.end;
    if (position >= content.length) return { fields };
    position += 1;
  }
}

function skipBlanks(content: string, from: number, separator?: string): number {
  let position = from;
  while (isBlank(content[position]) && content[position] !== separator) position += 1;
  return position;
}

function isBlank(character: string | undefined): boolean {
  return character === " " || character === "\t";
}

type FieldReading = { text: string; length: number; end: number } | { problem: Problem };

function readPlain(content: string, start: number, separator: string): FieldReading {
  const comma = content.indexOf(separator, start);
  const end = comma < 0 ? content.length : comma;
  const text = trimEndOf(content.slice(start, end), isBlank);
  const quote = text.indexOf('"');
  if (quote < 0) return { text, length: text.length, end };
  return {
    problem: {
      rule: "unbalanced-quote",
      column: start + quote + 1,
      message: "an unquoted field contains a quote",
      fix: "quote the whole field and double each quote inside it",
    },
  };
}

function readQuoted(content: string, start: number, separator: string): FieldReading {
  let text = "";
  let position = start + 1;
  for (;;) {
    const quote = content.indexOf('"', position);
    if (quote < 0) {
      return {
        problem: {
          rule: "unbalanced-quote",
          column: start + 1,
          message: "the opening quote has no closing quote on this line",
          fix: 'close it with `"`',
        },
      };
    }
    text += content.slice(position, quote);
    if (content[quote + 1] !== '"') return afterQuote(content, text, start, quote + 1, separator);
    text += '"';
    position = quote + 2;
  }
}

function afterQuote(
  content: string,
  text: string,
  start: number,
  from: number,
  separator: string,
): FieldReading {
  const end = skipBlanks(content, from, separator);
  if (end >= content.length || content[end] === separator) return { text, length: from - start, end };
  return {
    problem: {
      rule: "unbalanced-quote",
      column: end + 1,
      message: "something follows the closing quote of a field",
      fix: "put a comma after the closing quote, or quote the whole field",
    },
  };
}

/** Nearly every field: words of letters, digits and signs that nobody misreads. */
const PLAIN = /^[!#-'*-~]+(?: [!#-'*-~]+)*$/;

/** Characters that casbin's adapter would alter or fail on, and characters that editors do not show. */
function textFindings(place: { file: string; line: number }, field: Field): Finding[] {
  if (PLAIN.test(field.text)) return [];
  const at = (index: number) => ({ ...place, column: columnIn(field, index) });
  const invisible = field.text.search(/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u);
  if (invisible >= 0) {
    const point = field.text.codePointAt(invisible) ?? 0;
    const name = `U+${point.toString(16).toUpperCase().padStart(4, "0")}`;
    return [
      {
        ...at(invisible),
        rule: "invisible-character",
        message: `the field contains the invisible character ${name}`,
        fix: "delete it; only plain spaces are allowed between words",
      },
    ];
  }
  if (field.text !== field.text.trim()) {
    return [
      {
        ...place,
        column: field.column,
        rule: "blank-at-edge",
        message: "the quoted field begins or ends with a space, which casbin would trim",
        fix: "remove the space inside the quotes",
      },
    ];
  }
  if (field.text.includes('""')) {
    return [
      {
        ...at(field.text.indexOf('""')),
        rule: "doubled-quote",
        message: "the field contains two consecutive quotes, which casbin would read as one",
        fix: "choose a name without doubled quotes",
      },
    ];
  }
  if (field.text.split("(").length !== field.text.split(")").length) {
    return [
      {
        ...at(field.text.search(/[()]/)),
        rule: "unbalanced-parenthesis",
        message: "the field has an unbalanced parenthesis, which makes casbin refuse the whole file",
        fix: "balance it or choose a name without parentheses",
      },
    ];
  }
  return [];
}

/** The spelling of a field in a file: quoted only if necessary. */
export function quoteField(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The canonical spelling of a row: type and fields joined by `, `, quoted where needed. */
export function rowText(type: string, fields: readonly string[]): string {
  return [type, ...fields].map(quoteField).join(", ");
}
