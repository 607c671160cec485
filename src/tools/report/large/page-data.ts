import { type Access, describeAccess } from "../../access/access.ts";
import { equalColumns } from "../../access/equal-columns.ts";
import type { AccessReport, AppsReport, RouteReport } from "../access-report.ts";
import type { ReportedRow } from "../reported-rows.ts";
import { CELL_CODES, cellRuns } from "./cell-runs.ts";
import { Interned } from "./interned.ts";

/** What a page draws from: numbers are indexes in `strings` unless said otherwise; -1 is nothing. */
export interface PageData {
  readonly strings: readonly string[];
  /** Subject, its roles, description, groups of directories. */
  readonly holders: readonly (readonly [
    subject: number,
    roles: readonly number[],
    description: number,
    sources: readonly number[],
  ])[];
  /** Indexes of holders. */
  readonly columns: readonly (readonly number[])[];
  /** The words of the conditions in cells. */
  readonly conditions: readonly number[];
  readonly routes: readonly (readonly [
    name: number,
    permissions: readonly number[],
    /** The permissions of the rows about it. */
    patterns: readonly number[],
    cells: readonly number[],
  ])[];
  /**
   * Of each row, in canonical order: effect (1 for allow), subject, permission, condition, file, and the number of the
   * line. One list, since a browser takes several times the memory for a list of lists.
   */
  readonly rows: readonly number[];
  /** A subject and who leads to it. */
  readonly heldBy: readonly (readonly number[])[];
  readonly findings: readonly (readonly number[])[];
  readonly untested: readonly (readonly [row: number, place: number])[];
  /** Route, and for each client the words of its cell. */
  readonly through: readonly (readonly number[])[];
}

/** The content of a report in a form that is small to send and quick to read. */
export function pageData(report: AccessReport): PageData {
  const { holders, routes, findings, coverage, apps } = report;
  const interned = new Interned();
  const at = (text: string | undefined) => interned.at(text);
  const columns = equalColumns(holders, routes);
  const indexOf = new Map(holders.map((holder, index) => [holder, index]));
  const conditions = new Interned();
  const codeOf = (access: Access | undefined) => codeIn(conditions, access);
  const rows = rowsOf(routes);
  return {
    holders: holders.map(({ subject, roles, description, sources }) => [
      at(subject),
      interned.all(roles),
      at(description),
      interned.all(sources),
    ]),
    columns: columns.map((column) => column.holders.map((holder) => indexOf.get(holder) ?? -1)),
    routes: routes.map((route) => [
      at(route.name),
      interned.all(route.permissions),
      interned.all([...new Set(route.rows.map(({ permission }) => permission))]),
      cellRuns(columns, ({ index }) => codeOf(route.access[index])),
    ]),
    conditions: conditions.strings.map(at),
    rows: rows.flatMap(({ effect, subject, permission, condition, file, line }) => [
      effect === "allow" ? 1 : 0,
      at(subject),
      at(permission),
      at(condition),
      at(file),
      line,
    ]),
    heldBy: [...new Map(rows.map(({ subject, heldBy }) => [subject, heldBy]))].map(([subject, heldBy]) =>
      interned.all([subject, ...heldBy]),
    ),
    findings: findings.map(({ severity, file, line, column, message, fix, rule }) =>
      interned.all([severity, `${file}:${line}:${column}`, message, fix ?? "", rule]),
    ),
    untested: (coverage?.uncovered ?? []).map(({ row, file, line }) => [at(row), at(`${file}:${line}`)]),
    through: (apps?.routes ?? []).map(({ name, through }) => interned.all([name, ...through.map(usersOf)])),
    strings: interned.strings,
  };
}

function codeIn(conditions: Interned, access: Access | undefined): number {
  if (access === undefined) return 0;
  const { kind } = access;
  if (kind === "conditional") return CELL_CODES.length + conditions.at(describeAccess(access));
  return CELL_CODES.indexOf(kind);
}

/** Each row once, in canonical order. */
function rowsOf(routes: readonly RouteReport[]): readonly ReportedRow[] {
  const rows = new Set<ReportedRow>();
  for (const route of routes) for (const row of route.rows) rows.add(row);
  return [...rows].sort((a, b) => a.ordinal - b.ordinal);
}

function usersOf(users: AppsReport["routes"][number]["through"][number]): string {
  return users
    .map(({ user, access }) => (access.kind === "allowed" ? user : `${user} ${describeAccess(access)}`))
    .join(", ");
}

/** As the content of a `script` element, which no string in the data can end. */
export function dataScript(data: PageData): string {
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}
