import type { PolicyFile } from "../../policy/compile.ts";
import type { EditJson, FindingJson, FixJson } from "../console/contract.ts";
import type { LineFinding } from "../findings/finding.ts";
import { safeFix } from "../lint/fixes/safe-fix.ts";

/** Findings with the fixes that a click applies: the likely names, and what can be respelled without asking. */
export function findingsJson(
  findings: readonly LineFinding[],
  files: readonly PolicyFile[],
): readonly FindingJson[] {
  return findings.map((finding) => ({
    rule: finding.rule,
    severity: finding.severity,
    file: finding.file,
    line: finding.line,
    column: finding.column,
    message: finding.message,
    fix: finding.fix ?? null,
    fixes: [...suggested(finding), ...respelled(finding, files)],
  }));
}

function suggested({ suggestions = [] }: LineFinding): readonly FixJson[] {
  return suggestions.map(({ meant, edits }) => ({ label: meant, edits }));
}

/** The whole line, replaced or deleted with its line ending. */
function respelled(finding: LineFinding, files: readonly PolicyFile[]): readonly FixJson[] {
  const text = files.find(({ path }) => path === finding.file)?.text.replace(/^\uFEFF/, "");
  const line = text?.split("\n")[finding.line - 1]?.replace(/\r$/, "");
  const after = line === undefined ? undefined : safeFix(finding, line);
  if (line === undefined || after === undefined) return [];
  const place = { file: finding.file, line: finding.line, column: 1 };
  const edit: EditJson =
    after.length === 0
      ? { ...place, length: line.length + 1, text: "" }
      : { ...place, length: line.length, text: after.join("\n") };
  return [{ label: after.length === 0 ? "delete the line" : after.join(" / "), edits: [edit] }];
}
