import type { Row } from "../../../policy/row.ts";
import { atField, type Problem } from "../rule.ts";

/** A user-defined name where it is used. Names of different spaces are never compared. */
export interface NameUse {
  /** `group`, `role`, `user`, `client`, `scope`, `resource`, or `action of RESOURCE`. */
  readonly space: string;
  readonly name: string;
  /** As a message shows it: `role:viewer`, `orders:read`. */
  readonly shown: string;
  readonly place: Place;
  /** The place of a character of the name, counted from 0. */
  readonly at: (offset: number) => Place;
}

type Place = Pick<Problem, "file" | "line" | "column">;

const known = new WeakMap<readonly Row[], readonly NameUse[]>();

/** All uses of names in the rows, in the rows' order; found once for each array. */
export function nameUses(rows: readonly Row[]): readonly NameUse[] {
  const found = known.get(rows) ?? rows.flatMap(usesOf);
  known.set(rows, found);
  return found;
}

function usesOf(row: Row): NameUse[] {
  switch (row.type) {
    case "p":
      return [subjectUse(row, 0), ...permissionUses(row, 1)];
    case "g":
      return [subjectUse(row, 0), subjectUse(row, 1)];
    case "g2":
      return permissionUses(row, 1);
    case "g3":
    case "g4":
      return [subjectUse(row, 1)];
    case "p3":
      return [subjectUse(row, 0), ...permissionUses(row, 1)];
    case "p2":
      return [];
  }
}

function subjectUse(row: Row, field: number): NameUse {
  const shown = row.fields[field] ?? "";
  const colon = shown.indexOf(":");
  return {
    space: shown.slice(0, colon),
    name: shown.slice(colon + 1),
    shown,
    ...startingAt(row, field, colon + 1),
  };
}

/** `public` and `*` name nothing; `orders:*` names a resource only, and `*:read` belongs to no resource. */
function permissionUses(row: Row, field: number): NameUse[] {
  const shown = row.fields[field] ?? "";
  const colon = shown.indexOf(":");
  if (colon < 0) return [];
  const resource = shown.slice(0, colon);
  const action = shown.slice(colon + 1);
  if (resource === "*") return [];
  const uses = [{ space: "resource", name: resource, shown, ...startingAt(row, field, 0) }];
  if (action === "*") return uses;
  const place = startingAt(row, field, colon + 1);
  return [...uses, { space: `action of ${resource}`, name: action, shown, ...place }];
}

function startingAt(row: Row, field: number, start: number): Pick<NameUse, "place" | "at"> {
  return { place: atField(row, field, start), at: (offset) => atField(row, field, start + offset) };
}
