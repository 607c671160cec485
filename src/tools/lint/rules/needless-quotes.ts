import { readCsv } from "../../../policy/csv.ts";
import { linesOf } from "../../text/place.ts";
import type { LintSubject, Problem, Rule } from "../rule.ts";

/** Quotes that change nothing. */
export const needlessQuotes: Rule = {
  id: "needless-quotes",
  category: "shape",
  severity: "info",
  summary: "a field is quoted but contains neither a comma nor a quote",
  check,
};

function* check({ files }: LintSubject): Iterable<Problem> {
  for (const file of files) {
    if (!file.text.includes('"')) continue;
    const lines = linesOf(file.text);
    for (const record of readCsv(file.path, file.text).records) {
      const line = lines[record.line - 1] ?? "";
      const field = record.fields.find(({ text, column }) => line[column - 1] === '"' && !/[",]/.test(text));
      // Once per line: a spreadsheet quotes every field.
      if (field === undefined) continue;
      yield {
        file: file.path,
        line: record.line,
        column: field.column,
        message: `\`${field.text}\` is quoted but contains neither a comma nor a quote`,
        fix: "remove the quotes",
      };
    }
  }
}
