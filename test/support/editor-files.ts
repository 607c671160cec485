import { fileKind } from "../../src/tools/editor/file-kind.ts";
import type { SourceText } from "../../src/tools/editor/names/name.ts";
import { type NameIndex, NamesMemory } from "../../src/tools/editor/names/name-index.ts";

/** Files of a service as the editor shows them, by name. */
export function editorFiles(texts: Readonly<Record<string, string>>): readonly SourceText[] {
  return Object.entries(texts).map(([name, text]) => ({ name, kind: fileKind(name, "policies"), text }));
}

export function indexOf(texts: Readonly<Record<string, string>>): NameIndex {
  return new NamesMemory().index(editorFiles(texts));
}

/** A text with `|` where the cursor is: the text without it, and the place, counted from 1. */
export function withCursor(text: string): {
  readonly text: string;
  readonly line: number;
  readonly column: number;
} {
  const offset = text.indexOf("|");
  const before = text.slice(0, offset).split("\n");
  return {
    text: text.slice(0, offset) + text.slice(offset + 1),
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
  };
}
