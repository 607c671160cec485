import {
  type CodeAction,
  CodeActionKind,
  CodeActionRequest,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import type { Edit, Finding as PolicyFinding, Suggestion } from "../../../policy/finding.ts";
import type { FileFinding, Finding } from "../../findings/finding.ts";
import { fixFiles } from "../../lint/fixes/fix-files.ts";
import { diagnosticOf } from "../diagnostics.ts";
import { feature } from "../feature.ts";
import { rangeAt } from "../positions.ts";
import type { Project } from "../project.ts";
import { textEdits } from "../text-edits.ts";
import type { Workspace } from "../workspace.ts";

const FIX_ALL = `${CodeActionKind.SourceFixAll}.claimgate`;

/**
 * The fixes of `check --fix`, one by one or all of a file, and the names that a finding says were meant. Waits for the
 * findings of the text as it is.
 */
export const codeActions = feature(
  CodeActionRequest.type,
  { codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] } },
  async (now, { textDocument, range, context }) => {
    const before = now.at(textDocument.uri);
    if (before === undefined) return null;
    const workspace = await now.checked(before.project);
    const placed = workspace.at(textDocument.uri);
    if (placed === undefined) return null;
    const { project, file } = placed;
    const wants = (kind: string) =>
      context.only?.some((only) => kind === only || kind.startsWith(`${only}.`)) ?? kind !== FIX_ALL;
    const here = project.findings.filter((one) => isIn(one, file.name)).filter((one) => touches(one, range));
    return [
      ...(wants(CodeActionKind.QuickFix)
        ? here.flatMap((finding) => quickFixes(workspace, project, finding))
        : []),
      ...(wants(FIX_ALL) ? fixAll(workspace, project, file.name) : []),
    ];
  },
);

function isIn(finding: Finding, name: string): finding is FileFinding {
  return finding.place.kind === "file" && finding.place.file === name;
}

function touches({ place }: FileFinding, { start, end }: Range): boolean {
  return place.line - 1 >= start.line && place.line - 1 <= end.line;
}

function quickFixes(workspace: Workspace, project: Project, finding: FileFinding): readonly CodeAction[] {
  const of = { kind: CodeActionKind.QuickFix, diagnostics: [diagnosticOf(workspace, project, finding)] };
  const { suggestions = [], fix, message } = finding;
  const meant = suggestions.map(
    (suggestion): CodeAction => ({
      ...of,
      title: `Replace with \`${suggestion.meant}\``,
      isPreferred: suggestions.length === 1,
      edit: suggestedEdit(workspace, project, suggestion),
    }),
  );
  // Where both know what to do, they do the same.
  const fixed = meant.length > 0 ? [] : safeEdits(project, [asPolicyFinding(finding)], finding.place.file);
  if (fixed.length === 0) return meant;
  const edit = { changes: { [workspace.uriOf(project, finding.place.file)]: fixed } };
  return [{ ...of, title: titleOf(fix ?? message), isPreferred: true, edit }];
}

function suggestedEdit(workspace: Workspace, project: Project, { edits }: Suggestion): WorkspaceEdit {
  const changes: Record<string, TextEdit[]> = {};
  for (const edit of edits) {
    const uri = workspace.uriOf(project, edit.file);
    changes[uri] = [...(changes[uri] ?? []), textEdit(edit)];
  }
  return { changes };
}

function textEdit({ line, column, length, text }: Edit): TextEdit {
  return { range: rangeAt({ line, column }, length), newText: text };
}

function fixAll(workspace: Workspace, project: Project, name: string): readonly CodeAction[] {
  const own = project.findings.filter((finding) => isIn(finding, name));
  const edits = safeEdits(project, own.map(asPolicyFinding), name, true);
  if (edits.length === 0) return [];
  const edit = { changes: { [workspace.uriOf(project, name)]: edits } };
  return [{ title: "Fix what needs no decision (claimgate)", kind: FIX_ALL, edit }];
}

/**
 * What `check --fix` writes into a file for these findings.
 *
 * @param again whether what a fix uncovers is fixed too
 */
function safeEdits(
  project: Project,
  findings: readonly PolicyFinding[],
  name: string,
  again = false,
): TextEdit[] {
  const before = project.policyFiles;
  let round = 0;
  const fixed = fixFiles(before, (files) => {
    round += 1;
    if (round === 1) return findings;
    return again ? project.lint(files).filter(({ file }) => file === name) : [];
  });
  const text = (files: typeof before) => files.find(({ path }) => path === name)?.text ?? "";
  return textEdits(text(before), text(fixed.files));
}

function asPolicyFinding({ id, place, message }: FileFinding): PolicyFinding {
  return { rule: id, file: place.file, line: place.line, column: place.column, message };
}

const LONGEST_TITLE = 100;

function titleOf(fix: string): string {
  const title = `${fix.slice(0, 1).toUpperCase()}${fix.slice(1)}`;
  return title.length <= LONGEST_TITLE ? title : `${title.slice(0, LONGEST_TITLE - 3)}...`;
}
