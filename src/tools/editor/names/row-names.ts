import type { CsvRecord } from "../../../policy/csv.ts";
import { isPermissionPattern, PUBLIC } from "../../../policy/permission.ts";
import { type NameIn, namesInCondition, parametersIn, subjectIn } from "./names-in-string.ts";

/** A name in a field of a row, and how well it defines the name. */
export interface NameInField extends NameIn {
  /** The index of the field: 0 is the type of the row. */
  readonly field: number;
  readonly defines: number | undefined;
}

/**
 * The names of a row by the columns of its type, also where the row has mistakes: while someone types, most of a row is
 * right.
 */
export function namesOfRow({ fields }: Pick<CsvRecord, "fields">): readonly NameInField[] {
  const [type, ...values] = fields.map(({ text }) => text);
  const columns = COLUMNS.get(type ?? "") ?? [];
  return columns.flatMap((namesIn, index) => {
    const value = values[index];
    return value === undefined ? [] : namesIn(value).map((one) => ({ ...one, field: index + 1 }));
  });
}

type Found = NameIn & { readonly defines: number | undefined };
type Column = (text: string) => readonly Found[];

const used = (one: NameIn): Found => ({ ...one, defines: undefined });

/** @param defines by kind: how well the column defines a subject */
function subject(defines: Readonly<Partial<Record<NameIn["kind"], number>>>): Column {
  return (text) => {
    const named = subjectIn(text);
    if (named === undefined) return [];
    const found = { ...named, defines: defines[named.kind] };
    return named.kind === "group" ? [found, ...parametersIn(text).map(used)] : [found];
  };
}

function permission(defines: number | undefined): Column {
  return (text) =>
    isPermissionPattern(text) && text !== PUBLIC
      ? [{ kind: "permission", name: text, start: 0, defines }]
      : [];
}

const route: Column = (text) => [
  { kind: "route", name: text, start: 0, defines: 1 },
  ...parametersIn(text).map((one) => ({ ...one, defines: 0 })),
];
const condition: Column = (text) =>
  namesInCondition(text).map((one) => ({ ...one, defines: one.kind === "claim" ? 1 : undefined }));
const scope: Column = (text) => [{ kind: "scope", name: text, start: 0, defines: 1 }];
const none: Column = () => [];

/** What a role may do defines it, else who has it; what a permission opens, else who holds it. */
const COLUMNS: ReadonlyMap<string, readonly Column[]> = new Map(
  Object.entries({
    p: [subject({ role: 0, group: 2, client: 1, scope: 1, user: 0 }), permission(1), none, condition],
    g: [subject({ group: 1, client: 1, scope: 1, user: 0 }), subject({ role: 1 })],
    g2: [route, permission(0)],
    p2: [],
    g3: [none, subject({ group: 3 })],
    p3: [subject({ client: 1 }), permission(2), scope],
    g4: [none, subject({ group: 3 })],
  }),
);

/** Whether rows may begin with it; of any other line nothing is known. */
export function isRowType(text: string): boolean {
  return COLUMNS.has(text);
}
