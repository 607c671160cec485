import { columnIn, quoteField } from "../../../policy/csv.ts";
import type { Edit } from "../../../policy/finding.ts";
import { readYaml } from "../../text/yaml-text.ts";

/** A string as a file writes it, on one line and without escapes other than doubled quotes. */
export interface WrittenString {
  readonly file: string;
  readonly line: number;
  /** Of its first character or its opening quote, counted from 1 in UTF-16 code units. */
  readonly column: number;
  /** In the file, quotes included. */
  readonly length: number;
  /** What it says. */
  readonly text: string;
  readonly form: "csv" | "yaml" | "yaml-single" | "yaml-double" | "code";
}

/** The column of a character of the text. */
export function columnOf(written: WrittenString, offset: number): number {
  const { text, column, form } = written;
  switch (form) {
    case "csv":
      return columnIn(written, offset);
    case "yaml":
      return column + offset;
    case "yaml-single":
      return column + 1 + offset + text.slice(0, offset).split("'").length - 1;
    case "yaml-double":
    case "code":
      return column + 1 + offset;
  }
}

/** A part of the text and what replaces it. */
export interface Replacement {
  readonly start: number;
  readonly length: number;
  readonly to: string;
}

/**
 * The edits that replace parts of the string: each part by itself, or the whole string where it needs quotes from now
 * on. Quotes that it has stay.
 */
export function replaced(written: WrittenString, parts: readonly Replacement[]): readonly Edit[] {
  const { file, line, column, length } = written;
  const text = [...parts]
    .sort((a, b) => b.start - a.start)
    .reduce(
      (so, part) => so.slice(0, part.start) + part.to + so.slice(part.start + part.length),
      written.text,
    );
  if (needsQuotes(written, text, parts)) {
    return [
      { file, line, column, length, text: written.form === "csv" ? quoteField(text) : JSON.stringify(text) },
    ];
  }
  return parts.map((part) => {
    const from = columnOf(written, part.start);
    const end = columnOf(written, part.start + part.length);
    return { file, line, column: from, length: end - from, text: escaped(written, part.to) };
  });
}

function needsQuotes(written: WrittenString, text: string, parts: readonly Replacement[]): boolean {
  if (written.form === "csv") return written.length === written.text.length && quoteField(text) !== text;
  if (written.form !== "yaml") return false;
  if (parts.some(({ to }) => !PLAIN.test(to))) return true;
  const { node } = readYaml(text);
  // A row has commas and braces, which a string outside brackets may contain.
  return node?.kind !== "text" || node.value !== text;
}

/** Nothing that means something to YAML, within brackets or not. */
const PLAIN = /^[\p{L}\p{N}_./+=][\p{L}\p{N}_./:+=@-]*(?<!:)$/u;

function escaped({ form, text, length }: WrittenString, to: string): string {
  switch (form) {
    case "csv":
      return length === text.length ? to : to.replaceAll('"', '""');
    case "yaml":
      return to;
    case "yaml-single":
      return to.replaceAll("'", "''");
    case "yaml-double":
    case "code":
      return JSON.stringify(to).slice(1, -1);
  }
}
