import type { Finding } from "../../../policy/finding.ts";
import { parseRows, ROW_TYPES } from "../../../policy/parse.ts";
import { METHODS } from "../../../policy/route.ts";
import { SUBJECT_PREFIXES } from "../../../policy/subject.ts";
import { trimEndOf } from "../../../policy/trimmed-end.ts";

/** The lines that replace a line; may be empty. */
type LineFix = (line: string, at: number) => readonly string[] | undefined;

const EFFECTS = ["allow", "deny"];

const FIXES: Readonly<Record<string, LineFix>> = {
  "blank-at-edge": blanksTrimmed,
  "condition-shape": conditionRespelled,
  "duplicate-row": () => [],
  effect: (line, at) => wordRespelled(line, at, /^"?([A-Za-z]+)/, inLowerCase(EFFECTS)),
  "empty-field": trailingCommaRemoved,
  "inline-comment": commentMovedAbove,
  "invisible-character": (line, at) => (line[at] === "\t" ? separatedByCommas(line) : undefined),
  "needless-quotes": canonicalRow,
  "route-shape": (line, at) =>
    wordRespelled(line, at, /^"?([A-Za-z]+) /, (word) => METHODS.find((one) => one === word.toUpperCase())) ??
    wordRespelled(line, at, /^(:[A-Za-z0-9._-]+)/, (word) => `{${word.slice(1)}}`),
  "subject-prefix": (line, at) => wordRespelled(line, at, /^"?([A-Za-z]+):/, inLowerCase(SUBJECT_PREFIXES)),
  "too-many-columns": (line, at) => commentMovedAbove(line, at) ?? trailingCommaRemoved(line, at),
  "unknown-row-type": (line, at) =>
    wordRespelled(line, at, /^"?([A-Za-z]+\d?)"?\s*,/, inLowerCase(ROW_TYPES)) ??
    commentMarked(line) ??
    separatedByCommas(line),
};

/** The rules that have findings which can be fixed without asking; sorted. */
export const FIXABLE_RULES: readonly string[] = [...Object.keys(FIXES), "spreadsheet-file"].sort();

/**
 * The fixed content of a finding's line; undefined if only a person can tell what was meant.
 *
 * A fix is safe if it changes the spelling of a row and never a name: upper case of a keyword, blanks, quotes,
 * separators, the place of a comment, a second copy. A likely name is suggested, never written.
 *
 * @param line the text without its line ending
 */
export function safeFix(finding: Finding, line: string): readonly string[] | undefined {
  const fix = Object.hasOwn(FIXES, finding.rule) ? FIXES[finding.rule] : undefined;
  const fixed = fix?.(line, finding.column - 1);
  if (fixed === undefined || (fixed.length === 1 && fixed[0] === line)) return undefined;
  // Applying the fix must not lead to the same finding again.
  const again = parseRows(finding.file, fixed.join("\n")).findings.some(({ rule }) => rule === finding.rule);
  return again ? undefined : fixed;
}

function inLowerCase(known: readonly string[]): (word: string) => string | undefined {
  return (word) => known.find((one) => one === word.toLowerCase());
}

/** The line with the text that the pattern captures at that place spelled otherwise. */
function wordRespelled(
  line: string,
  at: number,
  pattern: RegExp,
  respell: (word: string) => string | undefined,
): readonly string[] | undefined {
  const match = pattern.exec(line.slice(at));
  const word = match?.[1];
  const spelled = word === undefined ? undefined : respell(word);
  if (match === null || word === undefined || spelled === undefined) return undefined;
  const start = at + match[0].indexOf(word);
  return [line.slice(0, start) + spelled + line.slice(start + word.length)];
}

function trailingCommaRemoved(line: string, at: number): readonly string[] | undefined {
  return /^[\s,]*$/.test(line.slice(at)) ? [trimEndOf(line, isBlankOrComma)] : undefined;
}

function isBlankOrComma(character: string): boolean {
  return character === "," || /\s/.test(character);
}

/** `p, role:a, b:c, allow # why` is a comment and a row. */
function commentMovedAbove(line: string, at: number): readonly string[] | undefined {
  const isQuoted = line.slice(0, at).split('"').length % 2 === 0;
  if (line[at] !== "#" || isQuoted) return undefined;
  return [line.slice(at), trimEndOf(line.slice(0, at), isBlankOrComma)];
}

/** `// why` and `-- why` are comments in other languages. */
function commentMarked(line: string): readonly string[] | undefined {
  const comment = /^\s*(?:\/\/|--)(.*)$/.exec(line)?.[1];
  return comment === undefined ? undefined : [`# ${comment.trim()}`.trimEnd()];
}

/** Separators of spreadsheets: where the comma is the decimal sign, or where rows were pasted. */
function separatedByCommas(line: string): readonly string[] | undefined {
  if (/[",#]/.test(line)) return undefined;
  const spelled = line
    .split(/[;\t]/)
    .map((field) => field.trim())
    .join(", ");
  return parseRows("", spelled).findings.length === 0 ? [spelled] : undefined;
}

function blanksTrimmed(line: string, at: number): readonly string[] | undefined {
  const match = /^"((?:[^"]|"")*)"/.exec(line.slice(at));
  if (match?.[1] === undefined) return undefined;
  return [`${line.slice(0, at)}"${match[1].trim()}"${line.slice(at + match[0].length)}`];
}

/**
 * `{userId} == sub && {a}=b` as `{userId}=sub&{a}=b`. A blank inside a name stays, since the intended name is unknown.
 */
function conditionRespelled(line: string): readonly string[] | undefined {
  if (line.includes('"')) return undefined;
  const fields = line.split(",");
  const [condition = ""] = fields.splice(4);
  const spelled = condition
    .split(/([=!&{}]+)/)
    .map((part) => part.trim())
    .join("")
    .replace(/([^!=])==(?!=)/g, "$1=")
    .replace(/&&/g, "&");
  return [[...fields, ` ${spelled}`].join(",")];
}

function canonicalRow(line: string): readonly string[] | undefined {
  const [row] = parseRows("", line).rows;
  return row === undefined ? undefined : [row.text];
}
