import { isDate, rowNotes } from "../row-notes.ts";
import type { LintSubject, Problem, Rule } from "../rule.ts";

/** A row that was meant for a while, and still counts. */
export const rowExpired: Rule = {
  id: "row-expired",
  category: "structure",
  severity: "warning",
  summary: "a row below `# until DATE` whose day has come",
  check,
};

function* check({ files, today }: LintSubject): Iterable<Problem> {
  if (today === undefined) return;
  for (const note of rowNotes(files)) {
    if (note.kind !== "until" || note.row === undefined || !isDate(note.date) || note.date > today) continue;
    yield {
      file: note.file,
      line: note.row,
      column: 1,
      message: `the row was meant until ${note.date}, and it still counts`,
      fix: "delete the row with its comment, or give it another date",
    };
  }
}
