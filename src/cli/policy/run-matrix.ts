import { type Access, standingOn } from "../../analysis/report/access.ts";
import { accessHolders } from "../../analysis/report/access-holders.ts";
import { byPath } from "../../analysis/report/access-report.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Subject } from "../../policy/subject.ts";
import { CommandError } from "../../runtime/command-error.ts";
import type { CommonOptions } from "../common-options.ts";
import type { Context } from "../context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import type { MatrixJson } from "../json-contract.ts";
import { code } from "../markdown.ts";
import type { PolicyOptions } from "../policy-options.ts";
import { matrixPage } from "../report/matrix-page.ts";
import { policyOf } from "./read-policy.ts";

export interface MatrixArguments extends CommonOptions, PolicyOptions {
  readonly format: "pretty" | "json" | "markdown" | "csv" | "html";
  readonly columns: "roles" | "groups" | "all";
  readonly rows: "permissions" | "routes";
  readonly excel?: "comma" | "semicolon";
  /** A name, or a pattern with `*`; the same for the columns. */
  readonly onlyRows?: string;
  readonly onlyColumns?: string;
}

interface Matrix {
  readonly columns: readonly Subject[];
  readonly rows: readonly { readonly name: string; readonly access: readonly Access[] }[];
}

/** What a cell says; what a condition decides is in json and in the report. */
const WORDS: Readonly<Record<Access["kind"], string>> = {
  public: "public",
  allowed: "yes",
  conditional: "if",
  denied: "denied",
  none: "",
};

/** `claimgate matrix`. @throws CommandError, PolicyError */
export function runMatrix(context: Context, options: MatrixArguments): Promise<ExitCode> {
  if (options.excel !== undefined && options.format !== "csv") {
    throw new CommandError("command_usage", "--excel is for CSV", { fix: "add --format csv" });
  }
  const policy = policyOf(context, options);
  const matrix = matrixOf(policy, options);
  const { output } = context;
  switch (options.format) {
    case "json":
      output.json({ policyVersion: policy.version, ...matrix } satisfies MatrixJson);
      break;
    case "html":
      output.screen.document(matrixPage({ policyVersion: policy.version, ...matrix, what: options.rows }));
      break;
    case "csv":
      output.screen.document(options.excel === undefined ? csvOf(matrix) : excelOf(matrix, options.excel));
      break;
    case "markdown":
      output.screen.document(markdownOf(matrix));
      break;
    case "pretty":
      output.screen.line(prettyOf(matrix, context.columns).replace(/\n$/, ""));
  }
  return Promise.resolve(EXIT.ok);
}

/** Whether a name is the pattern, in which `*` stands for anything. */
function namePattern(pattern: string | undefined): (name: string) => boolean {
  if (pattern === undefined) return () => true;
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  const whole = new RegExp(`^${parts.join(".*")}$`);
  return (name) => whole.test(name);
}

function matrixOf(policy: Policy, { columns, rows, onlyRows, onlyColumns }: MatrixArguments): Matrix {
  const isRow = namePattern(onlyRows);
  const isColumn = namePattern(onlyColumns);
  const holders = accessHolders(policy).filter(
    ({ subject }) =>
      isColumn(subject) &&
      (columns === "all" || subject.startsWith(columns === "roles" ? "role:" : "group:")),
  );
  const all = rows === "routes" ? [...policy.routeEntries.keys()].sort(byPath) : permissionsOf(policy);
  const names = all.filter(isRow);
  return {
    columns: holders.map(({ subject }) => subject),
    rows: names.map((name) => ({
      name,
      access: holders.map(({ held }) => {
        const target = rows === "routes" ? { route: name } : { permission: name };
        return standingOn(policy, target, held).access;
      }),
    })),
  };
}

/** Those that open a route. */
function permissionsOf(policy: Policy): readonly string[] {
  const all = [...policy.routeEntries.values()].flatMap(({ permissions }) => permissions);
  return [...new Set(all)].sort();
}

function tableOf({ columns, rows }: Matrix): readonly (readonly string[])[] {
  return [
    ["", ...columns],
    ...rows.map(({ name, access }) => [name, ...access.map(({ kind }) => WORDS[kind])]),
  ];
}

/** RFC 4180; a spreadsheet must not take a cell for a formula. */
function csvOf(matrix: Matrix): string {
  const field = (text: string) => (/[",\n]|^[=+\-@]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return tableOf(matrix)
    .map((row) => `${row.map(field).join(",")}\r\n`)
    .join("");
}

/**
 * What Excel opens by a double click: a byte order mark, without which it does not read UTF-8, and the separator of its list
 * settings. It takes a cell for a formula that begins with one of these signs, in quotes too; an apostrophe makes it text.
 */
function excelOf(matrix: Matrix, excel: "comma" | "semicolon"): string {
  const separator = excel === "semicolon" ? ";" : ",";
  const field = (text: string) => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const lines = tableOf(matrix).map((row) => `${row.map(field).join(separator)}\r\n`);
  return `\uFEFF${lines.join("")}`;
}

function markdownOf(matrix: Matrix): string {
  const [head = [], ...rows] = tableOf(matrix).map((row, at) =>
    row.map((cell, index) => (at === 0 || index === 0 ? code(cell) : cell)),
  );
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  return line(head) + line(head.map(() => "---")) + rows.map(line).join("");
}

/** As many columns side by side as the terminal is wide; the others below. */
function prettyOf(matrix: Matrix, width: number): string {
  const names = matrix.rows.map(({ name }) => name);
  const nameWidth = Math.max(0, ...names.map((name) => name.length));
  const blocks: number[][] = [[]];
  let used = nameWidth;
  for (const [index, column] of matrix.columns.entries()) {
    const wide = Math.max(column.length, 6) + 2;
    const last = blocks.at(-1) ?? [];
    if (used + wide > width && last.length > 0) {
      blocks.push([index]);
      used = nameWidth + wide;
    } else {
      last.push(index);
      used += wide;
    }
  }
  return blocks.map((block) => blockOf(matrix, block, nameWidth)).join("\n");
}

function blockOf(matrix: Matrix, block: readonly number[], nameWidth: number): string {
  const cell = (text: string, index: number) =>
    `  ${text.padEnd(Math.max(matrix.columns[index]?.length ?? 0, 6))}`;
  const head = `${" ".repeat(nameWidth)}${block.map((index) => cell(matrix.columns[index] ?? "", index)).join("")}`;
  const rows = matrix.rows.map(({ name, access }) => {
    const cells = block.map((index) => cell(WORDS[access[index]?.kind ?? "none"] || "-", index));
    return `${name.padEnd(nameWidth)}${cells.join("")}`;
  });
  return [head, ...rows].map((line) => `${line.trimEnd()}\n`).join("");
}
