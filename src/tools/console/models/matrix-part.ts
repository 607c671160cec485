import type { MatrixJson, MatrixRowJson } from "../contract.ts";
import { hasWords } from "./words.ts";

/** Which subjects are columns; `app` is users through an app. */
export type ColumnKind = "group" | "role" | "all" | "app";

/** What a person looks for in a matrix. */
export interface MatrixSearch {
  /** Words of the route or of its permissions. */
  readonly route: string;
  /** Words of the subject. */
  readonly subject: string;
}

export const NO_SEARCH: MatrixSearch = { route: "", subject: "" };

/** A column of a matrix, and where its cells are. */
export interface MatrixColumn {
  readonly subject: string;
  readonly index: number;
}

const THROUGH = " through client:";

/** Whether the policy limits apps. */
export const hasApps = ({ columns }: MatrixJson) => columns.some((subject) => subject.includes(THROUGH));

/** The columns of a kind. */
export function columnsOf({ columns }: MatrixJson, kind: ColumnKind): readonly MatrixColumn[] {
  const isShown = (subject: string) => {
    if (subject.includes(THROUGH)) return kind === "app";
    return kind === "all" || subject.startsWith(`${kind}:`);
  };
  return columns.flatMap((subject, index) => (isShown(subject) ? [{ subject, index }] : []));
}

/** The columns whose subject has every word that is looked for. */
export function foundColumns(
  columns: readonly MatrixColumn[],
  search: MatrixSearch,
): readonly MatrixColumn[] {
  const has = hasWords(search.subject);
  return columns.filter(({ subject }) => has(subject));
}

/** The rows whose route or permissions have every word that is looked for. */
export function foundRows(rows: readonly MatrixRowJson[], search: MatrixSearch): readonly MatrixRowJson[] {
  const has = hasWords(search.route);
  return rows.filter((row) => has(`${row.route} ${openedBy(row)}`));
}

/** The permissions that open the route, in words. */
export const openedBy = ({ permissions }: MatrixRowJson) =>
  permissions.length === 0 ? "public" : permissions.join(", ");
