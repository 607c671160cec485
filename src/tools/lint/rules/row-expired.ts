import { isDate, rowNotes } from "../row-notes.ts";
import type { LintSubject, Problem, Rule } from "../rule.ts";

/** A temporary row whose date has passed and that is still in force. */
export const rowExpired: Rule = {
  id: "row-expired",
  category: "structure",
  severity: "warning",
  summary: "the date of a row below `# until DATE` has passed",
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
      message: `the row was meant to last until ${note.date} but is still in force`,
      fix: "delete the row and its comment, or change the date",
    };
  }
}
