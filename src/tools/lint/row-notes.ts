import type { PolicyFile } from "../../policy/compile.ts";
import { linesOf } from "../text/place.ts";

/** A comment above a row that means something to the linter. */
export type RowNote = NoteAt &
  (
    | { readonly kind: "ignore"; readonly rule: string; readonly ruleColumn: number; readonly reason: string }
    | { readonly kind: "until"; readonly date: string; readonly dateColumn: number }
  );

interface NoteAt {
  readonly file: string;
  /** Of the comment, counted from 1. */
  readonly line: number;
  /** The line of the row below it, with only comments between; undefined if there is none. */
  readonly row: number | undefined;
}

const IGNORE = "claimgate-ignore";
const UNTIL = /^(#\s*until\s+)(\d[\d./-]*)/;

/** Whether a line is such a comment, which belongs to the row below it. */
function isRowNote(line: string): boolean {
  return noteOf(line) !== undefined;
}

/** `# claimgate-ignore RULE: REASON` and `# until DATE` in files, in their order. */
export function rowNotes(files: readonly PolicyFile[]): readonly RowNote[] {
  return files.flatMap(({ path, text }) => {
    const lines = linesOf(text);
    return lines.flatMap((line, index) => {
      const note = noteOf(line);
      return note === undefined
        ? []
        : [{ ...note, file: path, line: index + 1, row: rowBelow(lines, index) }];
    });
  });
}

type Distributed<T> = T extends unknown ? Omit<T, keyof NoteAt> : never;

function noteOf(line: string): Distributed<RowNote> | undefined {
  if (!line.startsWith("#")) return undefined;
  const text = line.slice(1).trimStart();
  if (text.startsWith(IGNORE)) {
    const after = text.slice(IGNORE.length);
    const rest = after.trimStart();
    if (after !== "" && rest === after) return undefined;
    const [rule = "", ...reason] = rest.split(":");
    return {
      kind: "ignore",
      rule: rule.trim(),
      ruleColumn: line.length - rest.length + 1,
      reason: reason.join(":").trim(),
    };
  }
  const [, before = "", date = ""] = UNTIL.exec(line) ?? [];
  return before === "" ? undefined : { kind: "until", date, dateColumn: before.length + 1 };
}

function rowBelow(lines: readonly string[], index: number): number | undefined {
  const at = lines.findIndex((line, other) => other > index && !line.trimStart().startsWith("#"));
  return at < 0 || lines[at]?.trim() === "" ? undefined : at + 1;
}

/** Whether a comment directly above a line means something to the linter; `index` counts from 0. */
export function hasNoteAbove(lines: readonly string[], index: number): boolean {
  for (let at = index - 1; at >= 0; at -= 1) {
    const line = lines[at] ?? "";
    if (!line.trimStart().startsWith("#")) return false;
    if (isRowNote(line)) return true;
  }
  return false;
}

/** Whether the string is an existing date such as `2026-05-26`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
