import type { LineFinding } from "../findings/finding.ts";
import { isReason } from "../findings/reason.ts";
import { RULES } from "./registry.ts";
import { type RowNote, rowNotes } from "./row-notes.ts";
import type { LintSubject } from "./rule.ts";
import { ignoreUnused } from "./rules/ignore-unused.ts";

/** A finding that a comment above its row switches off. */
export interface IgnoredFinding {
  readonly rule: string;
  readonly file: string;
  /** Of the row, counted from 1. */
  readonly line: number;
  readonly reason: string;
}

export interface Sorted {
  readonly shown: readonly LineFinding[];
  readonly ignored: readonly IgnoredFinding[];
}

type Ignore = Extract<RowNote, { readonly kind: "ignore" }>;

/** These also read serverless.yml or groups.yaml. */
const NEEDS_SERVICE: ReadonlySet<string> = new Set([
  ...RULES.filter(({ category }) => category === "service").map(({ id }) => id),
  "condition-claim",
  "group-not-listed",
]);

/**
 * Removes the findings that comments switch off for one row, and adds one for each comment that hides none.
 *
 * @param complete whether every row was read; if not, a finding may be missing for now
 */
export function withoutIgnored(
  findings: readonly LineFinding[],
  { files, service, ruleIds }: LintSubject,
  complete: boolean,
): Sorted {
  const notes = rowNotes(files).filter((note) => note.kind === "ignore" && isReason(note.reason)) as Ignore[];
  const keyOf = (rule: string, file: string, line: number) => `${rule} ${line} ${file}`;
  const reasons = new Map(
    notes.flatMap(({ rule, file, row, reason }) =>
      row === undefined ? [] : [[keyOf(rule, file, row), reason] as const],
    ),
  );
  const ignored = findings.flatMap(({ rule, file, line }) => {
    const reason = reasons.get(keyOf(rule, file, line));
    return reason === undefined ? [] : [{ rule, file, line, reason }];
  });
  const used = new Set(ignored.map(({ rule, file, line }) => keyOf(rule, file, line)));
  const isUnused = ({ rule, file, row }: Ignore) =>
    row !== undefined &&
    ruleIds?.has(rule) === true &&
    !(service === undefined && NEEDS_SERVICE.has(rule)) &&
    !used.has(keyOf(rule, file, row));
  const unused = complete ? notes.filter(isUnused) : [];
  return {
    shown: [
      ...findings.filter(({ rule, file, line }) => !used.has(keyOf(rule, file, line))),
      ...unused.map(({ file, line, rule, ruleColumn }) => ({
        rule: ignoreUnused.id,
        severity: ignoreUnused.severity,
        file,
        line,
        column: ruleColumn,
        message: `the row below has no finding of \`${rule}\``,
        fix: "delete the comment",
      })),
    ],
    ignored,
  };
}
