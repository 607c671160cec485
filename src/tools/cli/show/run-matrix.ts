import type { Policy } from "../../../policy/policy.ts";
import type { Subject } from "../../../policy/subject.ts";
import { type Access, standingOn } from "../../access/access.ts";
import { type AccessHolder, accessHolders } from "../../access/access-holders.ts";
import { accessThrough, limitedApps } from "../../access/app-access.ts";
import { equalColumns } from "../../access/equal-columns.ts";
import { emptyPattern, namePattern, subjectPattern } from "../../access/name-pattern.ts";
import { CommandError } from "../../machine/command-error.ts";
import { byPath } from "../../report/access-report.ts";
import { matrixPage } from "../../report/matrix-page.ts";
import type { CommonOptions } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { code } from "../terminal/markdown.ts";
import type { PolicyOptions } from "../terminal/policy-options.ts";
import { policyOf } from "../terminal/read-policy.ts";
import type { MatrixJson } from "./show-contract.ts";

export interface MatrixArguments extends CommonOptions, PolicyOptions {
  readonly format: "pretty" | "json" | "markdown" | "csv" | "html";
  readonly columns: "roles" | "groups" | "all";
  readonly rows: "permissions" | "routes";
  readonly by: "subject" | "app";
  readonly excel?: "comma" | "semicolon";
  /** A name, or a pattern with `*`; the same for the columns. */
  readonly onlyRows?: string;
  readonly onlyColumns?: string;
}

interface Matrix {
  readonly columns: readonly Subject[];
  readonly rows: readonly { readonly name: string; readonly access: readonly Access[] }[];
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

/** `claimgate matrix`. @throws CommandError, PolicyError */
export function runMatrix(context: Context, options: MatrixArguments): Promise<ExitCode> {
  if (options.excel !== undefined && options.format !== "csv") {
    throw new CommandError("command_usage", "`--excel` requires CSV", { fix: "add --format csv" });
  }
  const policy = policyOf(context, options);
  const matrix = matrixOf(policy, options);
  const { output } = context;
  for (const line of emptyFilters(policy, options)) output.notes.line(line);
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
      output.screen.document(markdownOf(mergedOf(matrix)));
      break;
    case "pretty":
      output.screen.line(prettyOf(mergedOf(matrix), context.columns).replace(/\n$/, ""));
  }
  return Promise.resolve(EXIT.ok);
}

function matrixOf(policy: Policy, options: MatrixArguments): Matrix {
  const { rows, onlyRows, onlyColumns, by } = options;
  const isColumn = subjectPattern(onlyColumns);
  if (by === "app") return appMatrixOf(policy, options);
  const holders = holdersOf(policy, options).filter(({ subject }) => isColumn(subject));
  const names = rowNamesOf(policy, rows).filter(namePattern(onlyRows));
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

/** What users may do through each app: `yes`, or `if` the token has a scope. */
function appMatrixOf(policy: Policy, { rows, onlyRows, onlyColumns }: MatrixArguments): Matrix {
  const isColumn = subjectPattern(onlyColumns);
  const clients = limitedApps(policy).filter((client) => isColumn(`client:${client}`));
  const names = rowNamesOf(policy, rows).filter(namePattern(onlyRows));
  return {
    columns: clients.map((client): Subject => `client:${client}`),
    rows: names.map((name) => ({
      name,
      access: clients.map((client) =>
        accessThrough(policy, rows === "routes" ? { route: name } : { permission: name }, client),
      ),
    })),
  };
}

function holdersOf(policy: Policy, { columns }: Pick<MatrixArguments, "columns">): readonly AccessHolder[] {
  const prefix = columns === "all" ? "" : columns === "roles" ? "role:" : "group:";
  return accessHolders(policy).filter(({ subject }) => subject.startsWith(prefix));
}

function rowNamesOf(policy: Policy, rows: MatrixArguments["rows"]): readonly string[] {
  return rows === "routes" ? [...policy.routeEntries.keys()].sort(byPath) : permissionsOf(policy);
}

function emptyFilters(policy: Policy, options: MatrixArguments): readonly string[] {
  const { rows, onlyRows, onlyColumns, by } = options;
  const otherRows = rows === "routes" ? "permissions" : "routes";
  const subjects = (columns: MatrixArguments["columns"]) =>
    holdersOf(policy, { columns }).map(({ subject }) => subject);
  return [
    emptyPattern("--only-rows", onlyRows, rowNamesOf(policy, rows), {
      names: rowNamesOf(policy, otherRows),
      option: `--rows ${otherRows}`,
    }),
    ...(by === "app"
      ? []
      : [
          emptyPattern("--only-columns", onlyColumns, subjects(options.columns), {
            names: subjects("all"),
            option: "--columns all",
          }),
        ]),
    by === "app" && policy.apps.size === 0
      ? "the policy has no `p3` rows: every app may do everything that its users may"
      : undefined,
  ].filter((line) => line !== undefined);
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

/** RFC 4180; a spreadsheet must not read a cell as a formula. */
function csvOf(matrix: Matrix): string {
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
function excelOf(matrix: Matrix, excel: "comma" | "semicolon"): string {
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

function markdownOf({ heads, rows }: MergedMatrix): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  const head = ["", ...heads.map((names) => names.map(code).join(", "))];
  const body = rows.map(({ name, cells }) => line([code(name), ...cells]));
  return line(head) + line(head.map(() => "---")) + body.join("");
}

/** As many columns side by side as fit the terminal; the others below. */
function prettyOf(matrix: MergedMatrix, width: number): string {
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
