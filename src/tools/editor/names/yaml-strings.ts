import { readYaml, type YamlEntry, type YamlNode } from "../../text/yaml-text.ts";
import type { WrittenString } from "./written-string.ts";

/** A YAML file whose strings know how they are written. */
export interface YamlStrings {
  /** Undefined if the file is not YAML. */
  readonly node: YamlNode | undefined;
  readonly line: (offset: number) => { readonly line: number; readonly column: number };
  /** The string at an offset of the file; undefined where it has escapes, a tag, or several lines. */
  readonly written: (offset: number, value: string) => WrittenString | undefined;
}

export type { YamlEntry, YamlNode };

/** Offsets count from 0, after a byte order mark. */
export function yamlStrings(file: string, source: string): YamlStrings {
  const text = source.replace(/^\uFEFF/, "");
  const starts = lineStarts(text);
  const place = (offset: number) => {
    const line = lineOf(starts, offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
  return {
    node: readYaml(text).node,
    line: place,
    written: (offset, value) => {
      const raw = rawString(text, offset, value);
      return raw && { file, ...place(offset), text: value, ...raw };
    },
  };
}

function rawString(
  text: string,
  offset: number,
  value: string,
): Pick<WrittenString, "length" | "form"> | undefined {
  const single = `'${value.replaceAll("'", "''")}'`;
  const double = `"${value}"`;
  if (text.startsWith(single, offset)) return { length: single.length, form: "yaml-single" };
  if (text.startsWith(double, offset)) return { length: double.length, form: "yaml-double" };
  return text.startsWith(value, offset) && value !== "" ? { length: value.length, form: "yaml" } : undefined;
}

/** Where each line starts. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** The index of the line of an offset. */
export function lineOf(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
