import type { Refusal } from "../refusal.ts";

/** One `key = value` of a model file. */
export interface ModelEntry {
  readonly section: string;
  readonly key: string;
  readonly value: string;
  /** Counted from 1; a value of several lines has that of the first. */
  readonly line: number;
}

/**
 * Reads a model file as casbin does: `[section]`, `key = value`, `#` and `;` begin a comment anywhere, and a `\` at the
 * end continues the line.
 */
export function readModelFile(
  file: string,
  text: string,
): { readonly entries: readonly ModelEntry[]; readonly refused: readonly Refusal[] } {
  if (hasRows(text)) return { entries: [], refused: [{ file, line: 1, column: 1, ...ROWS }] };
  const entries: ModelEntry[] = [];
  const refused: Refusal[] = [];
  let section = "";
  let begun: { text: string; line: number } | undefined;
  for (const [index, raw] of text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .entries()) {
    const line = (raw.split(/[#;]/, 1)[0] ?? "").trim();
    if (line === "") continue;
    const header = /^\[(.*)\]$/.exec(line);
    if (header !== null) {
      if (begun !== undefined) refused.push({ file, line: begun.line, column: 1, ...NOT_ENDED });
      begun = undefined;
      section = header[1] ?? "";
      continue;
    }
    const place: { text: string; line: number } = begun ?? { text: "", line: index + 1 };
    begun = undefined;
    if (line.endsWith("\\")) {
      begun = { text: place.text + line.slice(0, -1).trim(), line: place.line };
      continue;
    }
    const whole = place.text + line;
    const equals = whole.indexOf("=");
    if (equals < 1) refused.push({ file, line: place.line, column: 1, ...NOT_AN_ENTRY });
    else {
      const [key, value] = [whole.slice(0, equals).trim(), whole.slice(equals + 1).trim()];
      entries.push({ section, key, value, line: place.line });
    }
  }
  if (begun !== undefined) refused.push({ file, line: begun.line, column: 1, ...NOT_ENDED });
  return { entries, refused };
}

/** Whether a file without any section has the rows of a policy: the two files were named in the wrong order. */
const hasRows = (text: string) => !/^[ \t]*\[/m.test(text) && /^\uFEFF?[ \t]*"?[pg]\d*"?[ \t]*,/m.test(text);

const ROWS = {
  message: "the file has the rows of a policy, not a model",
  fix: "name the model first, then the policy",
};

const NOT_ENDED = {
  message: "the line is continued by `\\`, and nothing follows",
  fix: "remove the `\\`, or write the rest of the value",
};

const NOT_AN_ENTRY = {
  message: "the line is not a section or a `key = value`",
  fix: "give the model that your service loads, which casbin reads",
};
