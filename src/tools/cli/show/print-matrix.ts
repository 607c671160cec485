import type { Subject } from "../../../policy/subject.ts";
import type { Access } from "../../access/access.ts";
import type { DirectorySources } from "../../access/directory-sources.ts";
import { equalColumns } from "../../access/equal-columns.ts";
import { code } from "../../text/markdown.ts";

export interface Matrix {
  readonly columns: readonly Subject[];
  readonly rows: readonly { readonly name: string; readonly access: readonly Access[] }[];
  /** The groups among the columns that `g4` rows fill; undefined if there are none. */
  readonly directoryGroups?: readonly DirectorySources[];
}

/** Each column with the names of all subjects that have its access. */
interface MergedMatrix {
  readonly heads: readonly (readonly Subject[])[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly string[] }[];
}

/** The content of a cell; json and the report show conditions. */
const WORDS: Readonly<Record<Access["kind"], string>> = {
  public: "public",
  allowed: "yes",
  conditional: "if",
  denied: "denied",
  none: "",
};

function tableOf({ columns, rows }: Matrix): readonly (readonly string[])[] {
  return [
    ["", ...columns],
    ...rows.map(({ name, access }) => [name, ...access.map(({ kind }) => WORDS[kind])]),
  ];
}

/** RFC 4180; a spreadsheet must not read a cell as a formula. */
export function csvOf(matrix: Matrix): string {
  const field = (text: string) => (/[",\n]|^[=+\-@]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return tableOf(matrix)
    .map((row) => `${row.map(field).join(",")}\r\n`)
    .join("");
}

/**
 * The dialect that Excel opens by a double click: a byte order mark, without which it does not read UTF-8, and its list
 * separator. It reads a cell that starts with one of these characters as a formula, even in quotes; an apostrophe
 * prevents that.
 */
export function excelOf(matrix: Matrix, excel: "comma" | "semicolon"): string {
  const separator = excel === "semicolon" ? ";" : ",";
  const field = (text: string) => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const lines = tableOf(matrix).map((row) => `${row.map(field).join(separator)}\r\n`);
  return `\uFEFF${lines.join("")}`;
}

/** The same with equal columns merged, for people; programs get one column per subject. */
function mergedOf({ columns, rows }: Matrix): MergedMatrix {
  const merged = equalColumns(
    columns.map((subject) => ({ subject })),
    rows,
  );
  return {
    heads: merged.map(({ holders }) => holders.map(({ subject }) => subject)),
    rows: rows.map(({ name, access }) => ({
      name,
      cells: merged.map(({ index }) => WORDS[access[index]?.kind ?? "none"]),
    })),
  };
}

export function markdownOf(matrix: Matrix): string {
  const { heads, rows } = mergedOf(matrix);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  const head = ["", ...heads.map((names) => names.map(code).join(", "))];
  const body = rows.map(({ name, cells }) => line([code(name), ...cells]));
  const sources = (matrix.directoryGroups ?? []).map(
    ({ group, sources }) => `- ${code(group)}: also ${sources.map(code).join(", ")}\n`,
  );
  const table = line(head) + line(head.map(() => "---")) + body.join("");
  return sources.length === 0 ? table : `${table}\nFrom directories:\n\n${sources.join("")}`;
}

/** As many columns side by side as fit the terminal; the others below. */
export function prettyOf(matrix: Matrix, width: number): string {
  const sources = (matrix.directoryGroups ?? []).map(
    ({ group, sources }) => `${group}: also ${sources.join(", ")}\n`,
  );
  const table = blocksOf(mergedOf(matrix), width);
  return sources.length === 0 ? table : `${table}\nfrom directories\n${sources.join("")}`;
}

function blocksOf(matrix: MergedMatrix, width: number): string {
  const nameWidth = Math.max(0, ...matrix.rows.map(({ name }) => name.length));
  const widths = matrix.heads.map((names) => Math.max(6, ...names.map((name) => name.length)));
  const blocks: number[][] = [[]];
  let used = nameWidth;
  for (const [index, columnWidth] of widths.entries()) {
    const wide = columnWidth + 2;
    const last = blocks.at(-1) ?? [];
    if (used + wide > width && last.length > 0) {
      blocks.push([index]);
      used = nameWidth + wide;
    } else {
      last.push(index);
      used += wide;
    }
  }
  return blocks.map((block) => blockOf(matrix, block, widths, nameWidth)).join("\n");
}

/** Each name of a heading has its own line; the last ones are next to the rows. */
function blockOf(
  { heads, rows }: MergedMatrix,
  block: readonly number[],
  widths: readonly number[],
  nameWidth: number,
): string {
  const line = (name: string, textOf: (index: number) => string) => {
    const cells = block.map((index) => `  ${textOf(index).padEnd(widths[index] ?? 0)}`);
    return `${name.padEnd(nameWidth)}${cells.join("")}`.trimEnd();
  };
  const height = Math.max(0, ...block.map((index) => heads[index]?.length ?? 0));
  const headLines = Array.from({ length: height }, (_, at) =>
    line("", (index) => heads[index]?.[at - height + heads[index].length] ?? ""),
  );
  const rowLines = rows.map(({ name, cells }) => line(name, (index) => cells[index] || "-"));
  return [...headLines, ...rowLines].map((text) => `${text}\n`).join("");
}
