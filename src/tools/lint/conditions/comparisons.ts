import type { Atom } from "../../../policy/condition.ts";
import type { PermissionRow } from "../../../policy/row.ts";
import { atField, type Problem } from "../rule.ts";

/** The places of the parts of one comparison in a condition. */
export interface PlacedAtom {
  readonly atom: Atom;
  /** The start of the comparison, which is its parameter. */
  readonly place: Pick<Problem, "file" | "line" | "column">;
  readonly claimPlace: Pick<Problem, "file" | "line" | "column">;
}

/** The comparisons of a row's condition with their places; empty for a row without a condition. */
export function atAtoms(row: PermissionRow): readonly PlacedAtom[] {
  let offset = 0;
  return (row.condition ?? []).map((atom) => {
    const claimOffset = offset + `{${atom.parameter}}`.length + (atom.negated ? 2 : 1);
    const placed = { atom, place: atField(row, 3, offset), claimPlace: atField(row, 3, claimOffset) };
    offset = claimOffset + atom.claim.length + 1;
    return placed;
  });
}

/** Whether the first condition holds whenever the second does: each of its comparisons is one of the second's. */
export function weakerOrEqual(
  weaker: readonly Atom[] | undefined,
  stronger: readonly Atom[] | undefined,
): boolean {
  const keys = new Set((stronger ?? []).map(keyOf));
  return (weaker ?? []).every((atom) => keys.has(keyOf(atom)));
}

function keyOf({ parameter, negated, claim }: Atom): string {
  return `${parameter} ${negated} ${claim}`;
}
