import type { Subject } from "../../policy/subject.ts";
import type { Access } from "./access.ts";

/** A column of a matrix for people: one subject, or several roles and groups whose access is the same. */
export interface Column<T> {
  /** In the order of the matrix; never empty. */
  readonly holders: readonly T[];
  /** Where the access of all of them is in a row of the matrix. */
  readonly index: number;
}

/**
 * Puts roles and groups with the same access in every row into one column, at the place of the first. Users, clients
 * and scopes keep theirs: tokens of different kinds hold them.
 */
export function equalColumns<T extends { readonly subject: Subject }>(
  holders: readonly T[],
  rows: readonly { readonly access: readonly Access[] }[],
): readonly Column<T>[] {
  const columns = new Map<string, { holders: T[]; index: number }>();
  for (const [index, holder] of holders.entries()) {
    const { subject } = holder;
    const key = /^(?:role|group):/.test(subject) ? accessKey(index, rows) : subject;
    const known = columns.get(key);
    if (known === undefined) columns.set(key, { holders: [holder], index });
    else known.holders.push(holder);
  }
  return [...columns.values()];
}

/**
 * The same for two columns only where every row says the same of both; never a subject, since it begins with a bracket.
 */
function accessKey(index: number, rows: readonly { readonly access: readonly Access[] }[]): string {
  const granted = rows.flatMap(({ access }, row) => {
    const one = access[index];
    if (one === undefined || one.kind === "none") return [];
    return [[row, one.kind, one.when.toSorted(), one.unless.toSorted()]];
  });
  return JSON.stringify(granted);
}
