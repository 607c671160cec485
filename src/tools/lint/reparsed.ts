import type { PolicyFile } from "../../policy/compile.ts";
import type { Finding } from "../../policy/finding.ts";
import { type Parsing, parseRows } from "../../policy/parse.ts";

/** Findings about a file as a whole: how one line is read depends on others. */
const OF_THE_FILE: ReadonlySet<string> = new Set(["spreadsheet-file", "foreign-model"]);

/**
 * What `parseRows` gives for an edited file, from what it gave before the edit. Only the lines between the first and
 * the last one that differ are read. A line that parsed is no sign of a spreadsheet or of another model; if the new
 * lines with those that did not parse are none either, each line is read by itself. Findings are in the order of lines.
 */
export function reparsed(textBefore: string, before: Parsing, after: PolicyFile): Parsing {
  const whole = () => parseRows(after.path, after.text);
  if (before.findings.some(isOfTheFile) || hasMark(textBefore) || hasMark(after.text)) return whole();
  const { start, endBefore, endAfter } = changedLines(textBefore, after.text);
  const first = lineOf(textBefore, start);
  // At the end of the text, no line is left below.
  const next = endBefore === textBefore.length ? Number.POSITIVE_INFINITY : lineOf(textBefore, endBefore);
  const moved = lineOf(after.text, endAfter) - lineOf(textBefore, endBefore);
  const kept = {
    above: before.findings.filter(({ line }) => line < first),
    below: before.findings.filter(({ line }) => line >= next),
  };
  const changed = after.text.slice(start, endAfter);
  const misread = [...linesAt(textBefore, kept.above), changed, ...linesAt(textBefore, kept.below)];
  const part = parseRows(after.path, changed);
  const together = misread.length === 1 ? part : parseRows(after.path, misread.join("\n"));
  if ([...part.findings, ...together.findings].some(isOfTheFile)) return whole();
  const above = before.rows.filter(({ line }) => line < first);
  const below = before.rows.filter(({ line }) => line >= next);
  return {
    rows: [...above, ...movedDown(part.rows, first - 1), ...movedDown(below, moved)],
    findings: [
      ...kept.above,
      ...findingsMoved(part.findings, first - 1),
      ...findingsMoved(kept.below, moved),
    ],
  };
}

/** The lines of the findings, each once and in the order of the file: how many there are of a kind counts. */
function linesAt(text: string, placed: readonly { readonly line: number }[]): readonly string[] {
  if (placed.length === 0) return [];
  const lines = text.split("\n");
  const numbers = [...new Set(placed.map(({ line }) => line))].sort((a, b) => a - b);
  return numbers.map((line) => lines[line - 1] ?? "");
}

function isOfTheFile({ rule }: Finding): boolean {
  return OF_THE_FILE.has(rule);
}

function hasMark(text: string): boolean {
  return text.startsWith("\uFEFF");
}

/** The offsets of the lines that differ: where they start, and where the next equal line starts in each text. */
function changedLines(before: string, after: string) {
  const shorter = Math.min(before.length, after.length);
  let same = 0;
  while (same < shorter && before.charCodeAt(same) === after.charCodeAt(same)) same += 1;
  const start = same === 0 ? 0 : before.lastIndexOf("\n", same - 1) + 1;
  let tail = 0;
  const most = shorter - start;
  while (
    tail < most &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail += 1;
  }
  // The tail begins somewhere in a line; only whole lines are equal.
  const lineBreak = before.indexOf("\n", before.length - tail);
  const whole = tail === 0 || lineBreak < 0 ? 0 : before.length - lineBreak - 1;
  return { start, endBefore: before.length - whole, endAfter: after.length - whole };
}

/** The number of the line at an offset, counted from 1. */
function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}

function movedDown<T extends { readonly line: number }>(placed: readonly T[], by: number): readonly T[] {
  return by === 0 ? placed : placed.map((one) => ({ ...one, line: one.line + by }));
}

/** The edits of a suggestion are on the line of its finding. */
function findingsMoved(findings: readonly Finding[], by: number): readonly Finding[] {
  return movedDown(findings, by).map((finding) => {
    const { suggestions } = finding;
    if (suggestions === undefined) return finding;
    return {
      ...finding,
      suggestions: suggestions.map((one) => ({ ...one, edits: movedDown(one.edits, by) })),
    };
  });
}
