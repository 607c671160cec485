import type { Subject } from "../../policy/subject.ts";
import type { Access } from "./access.ts";

/** A column of a matrix for people: one subject, or several roles and groups with the same access. */
export interface Column<T> {
  /** In the order of the matrix; never empty. */
  readonly holders: readonly T[];
  /** The index of their access in a row of the matrix. */
  readonly index: number;
}

/**
 * Merges roles and groups with the same access in every row into the column of the first. Users, clients and scopes
 * keep theirs, since tokens of different kinds hold them.
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

/** Equal for two columns only if every row is the same for both; never a subject, since it starts with a bracket. */
function accessKey(index: number, rows: readonly { readonly access: readonly Access[] }[]): string {
  const granted = rows.flatMap(({ access }, row) => {
    const one = access[index];
    if (one === undefined || one.kind === "none") return [];
    return [[row, one.kind, one.when.toSorted(), one.unless.toSorted()]];
  });
  return JSON.stringify(granted);
}
