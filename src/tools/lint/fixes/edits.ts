import { type Atom, spellAtom } from "../../../policy/condition.ts";
import { quoteField } from "../../../policy/csv.ts";
import type { Edit, Suggestion } from "../../../policy/finding.ts";
import type { Row } from "../../../policy/row.ts";
import type { PlacedAtom } from "../conditions/comparisons.ts";

/** A field of a row, counted from 0 after the row type. */
export type FieldOf = readonly [row: Row, field: number];

/** Replaces each of the fields with the same string. */
export function respelled(meant: string, fields: Iterable<FieldOf>): Suggestion {
  return { meant, edits: Array.from(fields, ([row, field]) => fieldEdit(row, field, meant)) };
}

function fieldEdit({ file, line, columns, lengths }: Row, field: number, text: string): Edit {
  return { file, line, column: columns[field] ?? 1, length: lengths[field] ?? 0, text: quoteField(text) };
}

/** The fields where `p` and `g` rows name a subject that holds something. */
export function usesAsHolder(rows: readonly Row[], subject: string): FieldOf[] {
  return rows.flatMap((row): FieldOf[] =>
    (row.type === "p" || row.type === "g") && row.fields[0] === subject ? [[row, 0]] : [],
  );
}

/** The fields where `g` rows assign a role, or `g3` and `g4` rows a group. */
export function usesAsGiven(rows: readonly Row[], subject: string): FieldOf[] {
  return rows.flatMap((row): FieldOf[] =>
    (row.type === "g" || row.type === "g3" || row.type === "g4") && row.fields[1] === subject
      ? [[row, 1]]
      : [],
  );
}

/** The fields where `g2` rows name a permission. */
export function usesOnRoutes(rows: readonly Row[], permission: string): FieldOf[] {
  return rows.flatMap((row): FieldOf[] =>
    row.type === "g2" && row.permission === permission ? [[row, 1]] : [],
  );
}

/** Replaces one comparison in a condition. */
export function comparisonWith({ atom, place }: PlacedAtom, changed: Atom): Edit {
  return { ...place, length: spellAtom(atom).length, text: spellAtom(changed) };
}
