import { quoteField, readCsv } from "../../../policy/csv.ts";
import { isNoRow, restoredComment } from "../../../policy/spreadsheet.ts";
import { linesOf } from "../../text/place.ts";

/**
 * What each line of a spreadsheet's file becomes in a policy file: rows in their canonical spelling, comments as they
 * were, a blank line for one that fills up the file, and none for `sep=;`. A line that cannot be read stays as it is.
 * Undefined for a file that is a policy file already.
 */
export function plainLines(text: string): readonly (readonly string[])[] | undefined {
  const { records, form } = readCsv("", text);
  if (form === undefined) return undefined;
  const rows = new Map(
    records.map(({ line, fields }) => [line, fields.map((field) => quoteField(field.text))]),
  );
  return linesOf(text).map((line, index) => {
    const row = rows.get(index + 1);
    // A row with other separators is one field here: in quotes it would be none for good.
    if (row?.length === 1 && row[0]?.startsWith('"') === true) return [line];
    if (row !== undefined) return [row.join(", ")];
    if (!isNoRow(line, form)) return [line];
    const comment = restoredComment(line, form);
    return comment === undefined ? [] : [comment];
  });
}
