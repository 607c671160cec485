import type { EditJson, PolicyFileJson } from "../contract.ts";

/** Where a place of a text is: lines and columns are counted from 1. */
export function offsetOf(text: string, line: number, column: number): number {
  let start = text.startsWith("\uFEFF") ? 1 : 0;
  for (let at = 1; at < line; at += 1) {
    const end = text.indexOf("\n", start);
    if (end === -1) return text.length;
    start = end + 1;
  }
  return Math.min(text.length, start + column - 1);
}

/** The files with the edits of a fix, applied from the end so that places stay right. */
export function withEdits(
  files: readonly PolicyFileJson[],
  edits: readonly EditJson[],
): readonly PolicyFileJson[] {
  return files.map((file) => {
    const own = edits
      .filter((edit) => edit.file === file.path)
      .map((edit) => ({ ...edit, from: offsetOf(file.text, edit.line, edit.column) }))
      .sort((a, b) => b.from - a.from);
    if (own.length === 0) return file;
    const text = own.reduce(
      (current, { from, length, text: inserted }) =>
        current.slice(0, from) + inserted + current.slice(from + length),
      file.text,
    );
    return { ...file, text };
  });
}

/** The smallest change that makes one text the other, so that the cursor of an editor stays. */
export function changeBetween(
  before: string,
  after: string,
): { readonly from: number; readonly to: number; readonly insert: string } | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from += 1;
  let tail = 0;
  while (tail < shorter - from && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return { from, to: before.length - tail, insert: after.slice(from, after.length - tail) };
}
