import { type CsvRecord, columnIn, readCsv } from "../../../policy/csv.ts";
import type { Effect } from "../../../policy/row.ts";
import type { Problem, Refusal } from "../refusal.ts";
import type { CasbinModel } from "./model.ts";

/** A field of a row, with its place. */
export interface Cell {
  readonly text: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** `p, SUBJECT, OBJECT, ACTION[, EFFECT]`, in the order of the model. */
export interface GrantRow {
  readonly subject: Cell;
  readonly object: Cell;
  readonly action: Cell;
  readonly effect: Effect;
}

/** `g, MEMBER, ROLE` */
export interface LinkRow {
  readonly member: Cell;
  readonly role: Cell;
}

export interface CasbinRows {
  readonly grants: readonly GrantRow[];
  readonly links: readonly LinkRow[];
  readonly refused: readonly Refusal[];
  /** Whether a refused row may have denied something, by itself or by a role. */
  readonly maybeDenies: boolean;
}

/** Reads the rows of a policy file in the columns of the model. */
export function readRows(model: CasbinModel, file: string, text: string): CasbinRows {
  const { records, findings } = readCsv(file, text);
  const grants: GrantRow[] = [];
  const links: LinkRow[] = [];
  const refused: Refusal[] = findings.map(
    ({ line, column, message, rule, fix = "correct the row first" }) => ({
      ...{ file, line, column, message },
      // The linter's own fix rewrites the files of a policy, and this is none.
      fix: rule === "spreadsheet-file" ? "save the file with commas between the columns" : fix,
    }),
  );
  let maybeDenies = findings.length > 0;
  for (const record of records) {
    const cells = record.fields.map((field) => ({
      text: field.text,
      file,
      line: record.line,
      column: columnIn(field, 0),
    }));
    const row = readRow(model, record, cells);
    if ("member" in row) links.push(row);
    else if ("effect" in row) grants.push(row);
    else {
      refused.push({ file, line: record.line, column: row.column, message: row.message, fix: row.fix });
      maybeDenies ||= mayDeny(model, record);
    }
  }
  return { grants, links, refused, maybeDenies };
}

function mayDeny({ effect, denies }: CasbinModel, { fields }: CsvRecord): boolean {
  const [type, ...values] = fields.map(({ text }) => text);
  if (!denies) return false;
  return type !== "p" || effect === undefined || values[effect]?.toLowerCase() !== "allow";
}

type RowProblem = Problem & { readonly column: number };

function readRow(
  model: CasbinModel,
  { fields }: CsvRecord,
  cells: readonly Cell[],
): GrantRow | LinkRow | RowProblem {
  const [type, ...values] = cells;
  const at = (problem: Problem): RowProblem => ({ ...problem, column: type?.column ?? 1 });
  const empty = fields.find(({ text }) => text === "");
  if (empty !== undefined) {
    return { message: "a field is empty", fix: "write the value, or delete the row", column: empty.column };
  }
  if (type?.text === "p") return readGrant(model, values, at);
  if (type?.text !== "g") {
    return at({
      message: `the model has no rows of the type \`${type?.text}\`, and casbin ignores them`,
      fix: "delete the row",
    });
  }
  const [member, role, ...more] = values;
  if (model.subject.comparison !== "g") {
    return at({ message: "the matcher does not call `g`, so the row has no effect", fix: "delete the row" });
  }
  if (member === undefined || role === undefined || more.length > 0) {
    return at({
      message: `a \`g\` row has 2 columns after \`g\`, found ${values.length}`,
      fix: "write `g, MEMBER, ROLE`; for roles by domain see docs/from-casbin.md",
    });
  }
  if (member.text === role.text) {
    return at({ message: "the row gives a role to itself, which has no effect", fix: "delete the row" });
  }
  return { member, role };
}

function readGrant(
  model: CasbinModel,
  values: readonly Cell[],
  at: (problem: Problem) => RowProblem,
): GrantRow | RowProblem {
  const { columns } = model;
  if (columns.every((name, index) => values[index]?.text === name)) {
    return at({ message: "the row is a header, and casbin reads it as a rule", fix: "delete the row" });
  }
  const [subject, object, action] = [model.subject, model.object, model.action].map(
    ({ index }) => values[index],
  );
  if (!subject || !object || !action || values.length !== columns.length) {
    return at({
      message: `the model has ${columns.length} columns after \`p\` (${columns.join(", ")}), found ${values.length}`,
      fix:
        values.length < columns.length
          ? "casbin reads a missing effect as allow: write every column"
          : "casbin ignores what follows: delete it, or write a row each",
    });
  }
  if (subject.text === "*") {
    return {
      column: subject.column,
      message: "casbin compares the subject `*` as it is written, so the row has no effect",
      fix: "delete the row; for every signed-in user write `p, role:authenticated, PERMISSION, allow`",
    };
  }
  const effect = model.effect === undefined ? undefined : values[model.effect];
  if (effect === undefined || effect.text === "allow") return { subject, object, action, effect: "allow" };
  if (effect.text === "deny" && model.denies) return { subject, object, action, effect: "deny" };
  return { column: effect.column, ...effectProblem(effect.text) };
}

function effectProblem(effect: string): Problem {
  if (effect === "deny") {
    return {
      message: "a `deny` has no effect with the `policy_effect` of the model",
      fix: "delete the row; if it was meant to deny, add `&& !some(where (p.eft == deny))` to the model first",
    };
  }
  return {
    message: `casbin reads the effect \`${effect}\` as neither allow nor deny, so the row has no effect`,
    fix: "delete the row, or write `allow` or `deny` in the old policy",
  };
}
