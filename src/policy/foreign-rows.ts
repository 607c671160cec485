import type { CsvRecord } from "./csv.ts";
import type { Finding } from "./finding.ts";
import { likelyEffect, splitPermission } from "./split-permission.ts";
import { isSubject } from "./subject.ts";

/** From this number on, rows with resource and action in two columns are another model, not typos. */
const FEWEST_SPLIT = 5;

/** The rows of a file that belong to another casbin model, and one finding for all of them. */
export interface ForeignRows {
  readonly records: ReadonlySet<CsvRecord>;
  readonly finding: Finding;
}

/**
 * Recognizes rows of the models in casbin's own examples: `p, alice, data1, read`, `p, alice, /data/*, GET`, `p, admin,
 * domain1, data1, read`, `g, alice, admin`, and a header row. Undefined if there are none.
 */
export function foreignRows(file: string, records: readonly CsvRecord[]): ForeignRows | undefined {
  const of = (is: (values: readonly string[], record: CsvRecord) => boolean, type: string) =>
    records.filter((record) => {
      const [first, ...values] = record.fields.map(({ text }) => text);
      return first === type && values.every((value) => value !== "") && is(values, record);
    });
  const strange = of(isForeignPermission, "p");
  const split = of((_, { fields }) => splitPermission(fields.slice(1)) !== undefined, "p");
  const bare = of((values) => values.length < 4 && values.slice(0, 2).every((one) => !isSubject(one)), "g");
  if (strange.length === 0 && split.length < FEWEST_SPLIT && bare.length < 2) return undefined;
  const halfBare = of(
    (values) => values.length < 4 && values.slice(0, 2).some((one) => !isSubject(one)),
    "g",
  );
  const headers = records.filter(({ fields }) => /^p_?type$/i.test(fields[0]?.text ?? ""));
  const all = new Set([...strange, ...split, ...bare, ...halfBare, ...headers]);
  const rows = [...all].sort((a, b) => a.line - b.line);
  const example = strange[0] ?? split[0] ?? bare[0];
  if (example === undefined || rows[0] === undefined) return undefined;
  const shown = example.fields.map(({ text }) => text).join(", ");
  const many = rows.length === 1 ? "the row has the format" : `${rows.length} rows have the format`;
  return {
    records: all,
    finding: {
      rule: "foreign-model",
      file,
      line: rows[0].line,
      column: 1,
      message: `${many} of another casbin model (\`${shown}\`); claimgate expects subjects with a prefix and permissions of the form \`resource:action\``,
      fix: "docs/from-casbin.md shows how to convert each kind of row",
    },
  };
}

/** `subject, object, action`, where neither the subject nor the permission has claimgate's form. */
function isForeignPermission(values: readonly string[]): boolean {
  const [subject = "", object = "", action = ""] = values;
  if (values.length < 3 || /^[^/]*:/.test(object) || likelyEffect(action) !== undefined) return false;
  return !isSubject(subject) || object.startsWith("/") || values.length > 4;
}
