import type { PolicyFile } from "../../../policy/compile.ts";
import type { Finding } from "../../../policy/finding.ts";
import { parsePolicy, parseRows } from "../../../policy/parse.ts";
import { byPlace } from "../../../policy/place.ts";
import { hasNoteAbove } from "../row-notes.ts";
import { safeFix } from "./safe-fix.ts";
import { plainLines } from "./spreadsheet-fix.ts";

/** A line that was fixed. */
export interface AppliedFix {
  readonly rule: string;
  readonly file: string;
  /** Its original number, before anything was fixed; counted from 1. */
  readonly line: number;
  readonly before: string;
  /** The lines that replace it; empty if it was deleted. */
  readonly after: readonly string[];
}

export interface FixedFiles {
  readonly files: readonly PolicyFile[];
  /** Sorted by file and line; in the order in which they were applied on one line. */
  readonly applied: readonly AppliedFix[];
}

/** A line of a file and its original number. */
interface Line {
  readonly origin: number;
  /** Without its line ending. */
  readonly text: string;
  /** `\n`, `\r\n`, or nothing at the end of the file. */
  readonly ending: string;
}

interface Lines {
  /** The byte order mark is not part of the first line, or columns would be off by one. */
  readonly mark: string;
  readonly lines: readonly Line[];
}

/** One mistake can hide another on its line, but only a few times. */
const ROUNDS = 10;

/**
 * Fixes what can be fixed without asking (safe-fix.ts), until nothing more can be fixed. Line endings do not change.
 * The last copy of a row always stays, even if a finding marks it for deletion.
 *
 * @param findingsOf gives the findings of changed files
 */
export function fixFiles(
  files: readonly PolicyFile[],
  findingsOf: (files: readonly PolicyFile[]) => readonly Finding[],
): FixedFiles {
  let current = new Map(files.map(({ path, text }) => [path, linesOf(text)]));
  const applied: AppliedFix[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = fixOnce(current, findingsOf(filesOf(current)), applied);
    if (next === undefined) break;
    current = next;
  }
  return { files: filesOf(current), applied: applied.sort(byPlace) };
}

interface LineFix {
  readonly finding: Finding;
  readonly line: Line;
  readonly after: readonly string[];
}

/** One fix for each line; undefined for none. */
function fixOnce(
  files: ReadonlyMap<string, Lines>,
  findings: readonly Finding[],
  applied: AppliedFix[],
): Map<string, Lines> | undefined {
  const whole = findings.filter(({ rule }) => rule === "spreadsheet-file");
  const found = new Map<Line, LineFix>(
    whole.flatMap((finding) => wholeFile(finding, files.get(finding.file)?.lines ?? [])),
  );
  const texts = (file: string) => (files.get(file)?.lines ?? []).map(({ text }) => text);
  for (const finding of findings) {
    // The rewritten file is linted again; its other findings can wait.
    if (whole.some(({ file }) => file === finding.file)) continue;
    const line = files.get(finding.file)?.lines[finding.line - 1];
    if (line === undefined || found.has(line)) continue;
    const after = safeFix(finding, line.text);
    // A comment for the linter would apply to the row that comes next.
    if (after?.length === 0 && hasNoteAbove(texts(finding.file), finding.line - 1)) continue;
    if (after !== undefined) found.set(line, { finding, line, after });
  }
  const fixes = withoutLosses(files, found);
  if (fixes.size === 0) return undefined;
  for (const { finding, line, after } of fixes.values()) {
    applied.push({ rule: finding.rule, file: finding.file, line: line.origin, before: line.text, after });
  }
  return withFixes(files, fixes);
}

/** Converts a spreadsheet's file, line by line. */
function wholeFile(finding: Finding, lines: readonly Line[]): [Line, LineFix][] {
  const plain = plainLines(lines.map(({ text, ending }) => text + ending).join("")) ?? [];
  return lines.flatMap((line, index): [Line, LineFix][] => {
    const after = plain[index];
    const same = after === undefined || (after.length === 1 && after[0] === line.text);
    return same ? [] : [[line, { finding, line, after }]];
  });
}

/** The fixes without those deletions that would remove the last copy of a row. */
function withoutLosses(
  files: ReadonlyMap<string, Lines>,
  fixes: ReadonlyMap<Line, LineFix>,
): ReadonlyMap<Line, LineFix> {
  if (![...fixes.values()].some(({ after }) => after.length === 0)) return fixes;
  const kept = new Set(parsePolicy(filesOf(withFixes(files, fixes))).rows.map(({ text }) => text));
  const loses = ({ finding, line, after }: LineFix) =>
    after.length === 0 && parseRows(finding.file, line.text).rows.some(({ text }) => !kept.has(text));
  return new Map([...fixes].filter(([, fix]) => !loses(fix)));
}

function withFixes(files: ReadonlyMap<string, Lines>, fixes: ReadonlyMap<Line, LineFix>): Map<string, Lines> {
  return new Map(
    [...files].map(([path, { mark, lines }]) => [
      path,
      { mark, lines: lines.flatMap((line) => fixed(line, fixes.get(line)?.after)) },
    ]),
  );
}

function fixed(line: Line, after: readonly string[] | undefined): readonly Line[] {
  if (after === undefined) return [line];
  const inner = line.ending === "" ? "\n" : line.ending;
  return after.map((text, index) => ({
    origin: line.origin,
    text,
    ending: index === after.length - 1 ? line.ending : inner,
  }));
}

function linesOf(text: string): Lines {
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const lines = text
    .slice(mark.length)
    .split(/(?<=\n)/)
    .filter((line) => line !== "");
  return {
    mark,
    lines: lines.map((whole, index) => {
      const ending = /\r?\n$/.exec(whole)?.[0] ?? "";
      return { origin: index + 1, text: whole.slice(0, whole.length - ending.length), ending };
    }),
  };
}

function filesOf(files: ReadonlyMap<string, Lines>): readonly PolicyFile[] {
  return [...files].map(([path, { mark, lines }]) => ({
    path,
    text: mark + lines.map(({ text, ending }) => text + ending).join(""),
  }));
}
