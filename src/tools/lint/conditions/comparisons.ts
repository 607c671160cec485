import {
  type AgeAtom,
  type Atom,
  type ClaimAtom,
  type ParameterAtom,
  spellAtom,
} from "../../../policy/condition.ts";
import type { PermissionRow } from "../../../policy/row.ts";
import { atField, type Problem } from "../rule.ts";

/** The places of the parts of one comparison in a condition. */
export interface PlacedAtom<A extends Atom = Atom> {
  readonly atom: A;
  /** The start of the comparison, which is its parameter or `max_age`. */
  readonly place: Pick<Problem, "file" | "line" | "column">;
  /** The start of the claim, the quoted literal or the seconds. */
  readonly operandPlace: Pick<Problem, "file" | "line" | "column">;
}

/** The comparisons of a row's condition with their places; empty for a row without a condition. */
function atAtoms(row: PermissionRow): readonly PlacedAtom[] {
  let offset = 0;
  return (row.condition ?? []).map((atom) => {
    const named = atom.maxAge === undefined ? `{${atom.parameter}}` : "max_age";
    const operandOffset = offset + named.length + (atom.negated ? 2 : 1);
    const placed = { atom, place: atField(row, 3, offset), operandPlace: atField(row, 3, operandOffset) };
    offset += spellAtom(atom).length + 1;
    return placed;
  });
}

/** The comparisons of path parameters. */
export function atParameters(row: PermissionRow): readonly PlacedAtom<ParameterAtom>[] {
  return atAtoms(row).filter(
    (placed): placed is PlacedAtom<ParameterAtom> => placed.atom.maxAge === undefined,
  );
}

/** The comparisons of the age of the sign-in. */
export function atAges(row: PermissionRow): readonly PlacedAtom<AgeAtom>[] {
  return atAtoms(row).filter((placed): placed is PlacedAtom<AgeAtom> => placed.atom.maxAge !== undefined);
}

/** The comparisons with claims. */
export function atClaims(row: PermissionRow): readonly PlacedAtom<ClaimAtom>[] {
  return atAtoms(row).filter((placed): placed is PlacedAtom<ClaimAtom> => placed.atom.claim !== undefined);
}

/** Whether the first condition holds whenever the second does: each of its comparisons is one of the second's. */
export function weakerOrEqual(
  weaker: readonly Atom[] | undefined,
  stronger: readonly Atom[] | undefined,
): boolean {
  const keys = new Set((stronger ?? []).map(spellAtom));
  return (weaker ?? []).every((atom) => keys.has(spellAtom(atom)));
}
