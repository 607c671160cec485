import type { PolicyFile } from "../../../policy/compile.ts";
import { parsePolicy } from "../../../policy/parse.ts";
import type { DirectoryLinter } from "../../checking/lint-directory.ts";
import { countsOf } from "../../findings/finding.ts";
import { type FixedFiles, fixFiles } from "../../lint/fixes/fix-files.ts";
import type { LintReport } from "../../lint/lint.ts";
import { CommandError } from "../../machine/command-error.ts";
import type { PolicyPlace } from "../../machine/policy-files.ts";
import { writePolicyFile } from "../../machine/write-policy-file.ts";
import { counted } from "../../text/counted.ts";

export interface FixedDirectory extends FixedFiles {
  /** The findings of the files on disk now. */
  readonly report: LintReport;
}

/**
 * Writes the safe fixes, reads the files again and lints them. If a row disappeared, or more errors remain than the
 * fixes should leave, the original files are restored. The total may grow: a line that parses now can be wrong in
 * another way.
 *
 * @param linter the findings before the fixes
 * @param readAgain the findings of the files as they are then
 * @throws CommandError `file_not_written`
 */
export function fixDirectory(
  place: PolicyPlace,
  linter: DirectoryLinter,
  readAgain: () => DirectoryLinter,
): FixedDirectory {
  const { files: before, lint } = linter;
  const fixed = fixFiles(before, (rows) => lint(rows, { withoutSuggestions: true }).findings);
  if (fixed.applied.length === 0) return { ...fixed, report: lint(before) };
  const touched = new Set(fixed.applied.map(({ file }) => file));
  for (const file of fixed.files) if (touched.has(file.path)) writePolicyFile(place, file);
  const again = readAgain();
  const report = again.lint(again.files);
  const worse = whyWorse(before, lint(fixed.files), again.files, report);
  if (worse === undefined) return { files: again.files, applied: fixed.applied, report };
  for (const file of before) if (touched.has(file.path)) writePolicyFile(place, file);
  throw new CommandError("file_not_written", `${worse} after \`--fix\`; the files are unchanged`, {
    fix: "please report this with the policy, and fix the findings by hand",
  });
}

function whyWorse(
  before: readonly PolicyFile[],
  foreseen: LintReport,
  after: readonly PolicyFile[],
  reportAfter: LintReport,
): string | undefined {
  const kept = new Set(parsePolicy(after).rows.map(({ text }) => text));
  const lost = parsePolicy(before).rows.find(({ text }) => !kept.has(text));
  if (lost !== undefined) return `the row \`${lost.text}\` of ${lost.file}:${lost.line} was missing`;
  const more = countsOf(reportAfter.findings).errors - countsOf(foreseen.findings).errors;
  return more > 0 ? `the policy had ${counted(more, "error")} more than expected` : undefined;
}
