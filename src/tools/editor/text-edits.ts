import type { TextEdit } from "vscode-languageserver";
import { linesOf } from "../text/place.ts";
import { rangeAt } from "./positions.ts";

/**
 * The edits that turn a text into another: line by line where both have as many lines, so that cursors stay where they
 * are, otherwise one for all lines that differ.
 */
export function textEdits(before: string, after: string): TextEdit[] {
  const [from, to] = [linesOf(before), linesOf(after)];
  if (from.length === to.length) {
    return to.flatMap((text, index) => {
      const old = from[index] ?? "";
      return text === old
        ? []
        : [{ range: rangeAt({ line: index + 1, column: 1 }, old.length), newText: text }];
    });
  }
  const ending = before.includes("\r\n") ? "\r\n" : "\n";
  const shorter = Math.min(from.length, to.length);
  let head = 0;
  while (head < shorter && from[head] === to[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && from.at(-1 - tail) === to.at(-1 - tail)) tail += 1;
  // Between the first and the last line that differ; whole lines, unless the last line of the file is among them.
  const newLines = to.slice(head, to.length - tail);
  if (tail > 0) {
    const range = { start: { line: head, character: 0 }, end: { line: from.length - tail, character: 0 } };
    return [{ range, newText: newLines.map((line) => line + ending).join("") }];
  }
  const last = from.length - 1;
  const end = { line: last, character: from[last]?.length ?? 0 };
  if (newLines.length > 0)
    return [{ range: { start: { line: head, character: 0 }, end }, newText: newLines.join(ending) }];
  const start =
    head === 0 ? { line: 0, character: 0 } : { line: head - 1, character: from[head - 1]?.length ?? 0 };
  return [{ range: { start, end }, newText: "" }];
}
