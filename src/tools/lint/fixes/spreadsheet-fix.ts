import { quoteField, readCsv } from "../../../policy/csv.ts";
import { isNoRow, restoredComment } from "../../../policy/spreadsheet.ts";
import { linesOf } from "../../text/place.ts";

/**
 * Converts each line of a spreadsheet's file for a policy file. Rows get their canonical spelling, comments stay, a
 * line of empty cells becomes a blank line, and `sep=;` disappears. A line that cannot be read stays as it is.
 * Undefined for a file that is already a policy file.
 */
export function plainLines(text: string): readonly (readonly string[])[] | undefined {
  const { records, form } = readCsv("", text);
  if (form === undefined) return undefined;
  const rows = new Map(
    records.map(({ line, fields }) => [line, fields.map((field) => quoteField(field.text))]),
  );
  return linesOf(text).map((line, index) => {
    const row = rows.get(index + 1);
    // A row with other separators is one field here; quoting it would make it permanently unreadable.
    if (row?.length === 1 && row[0]?.startsWith('"') === true) return [line];
    if (row !== undefined) return [row.join(", ")];
    if (!isNoRow(line, form)) return [line];
    const comment = restoredComment(line, form);
    return comment === undefined ? [] : [comment];
  });
}
