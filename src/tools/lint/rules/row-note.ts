import { isReason } from "../../findings/reason.ts";
import { unknownId } from "../../findings/renamed.ts";
import { LOADER_RULES } from "../loader-rules.ts";
import { isDate, type RowNote, rowNotes } from "../row-notes.ts";
import type { LintSubject, Problem, Rule } from "../rule.ts";

/** A comment for the linter that has no effect. */
export const rowNote: Rule = {
  id: "row-note",
  category: "shape",
  severity: "error",
  summary: "a comment `claimgate-ignore` or `until` is not valid",
  check,
};

function* check({ files, ruleIds }: LintSubject): Iterable<Problem> {
  for (const note of rowNotes(files)) {
    const { file, line } = note;
    const wrong = note.kind === "ignore" ? wrongIgnore(note, ruleIds) : wrongUntil(note);
    if (wrong !== undefined) yield { file, line, ...wrong };
    else if (note.row === undefined) {
      const fix = "put it directly above its row, without a blank line between";
      yield { file, line, column: 1, message: "no row follows this comment", fix };
    }
  }
}

type Wrong = Pick<Problem, "column" | "message"> & { readonly fix: string };

function wrongIgnore(
  { rule, ruleColumn: column, reason }: Extract<RowNote, { kind: "ignore" }>,
  ruleIds: ReadonlySet<string> | undefined,
): Wrong | undefined {
  const fix = "write `# claimgate-ignore RULE: REASON`, with a reason of three words or more";
  if (rule === "") return { column, message: "the comment names no rule", fix };
  if (LOADER_RULES.some(({ id }) => id === rule)) {
    const message = `\`${rule}\` cannot be switched off: a policy with this error does not load`;
    return { column, message, fix: `see docs/rules/${rule}.md` };
  }
  if (ruleIds?.has(rule) === false) {
    return { column, ...unknownId(rule, ruleIds) };
  }
  if (isReason(reason)) return undefined;
  return { column, message: `the reason for ignoring \`${rule}\` is missing or too short`, fix };
}

function wrongUntil({ date, dateColumn }: Extract<RowNote, { kind: "until" }>): Wrong | undefined {
  if (isDate(date)) return undefined;
  return { column: dateColumn, message: `\`${date}\` is not a date`, fix: "write it as `2026-05-26`" };
}
