import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type Range,
} from "vscode-languageserver";
import type { Finding, Severity } from "../findings/finding.ts";
import { fieldRange, rangeAt, rowRange } from "./positions.ts";
import type { Project } from "./project.ts";
import type { Workspace } from "./workspace.ts";

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/** The findings of a project as diagnostics, by the name of their file. */
export function diagnosticsOf(
  workspace: Workspace,
  project: Project,
): ReadonlyMap<string, readonly Diagnostic[]> {
  const byFile = new Map<string, Diagnostic[]>();
  for (const finding of project.findings) {
    const { place } = finding;
    if (place.kind !== "file") continue;
    const diagnostics = byFile.get(place.file) ?? [];
    diagnostics.push(diagnosticOf(workspace, project, finding));
    byFile.set(place.file, diagnostics);
  }
  return byFile;
}

/** A finding as editors show it. */
export function diagnosticOf(workspace: Workspace, project: Project, finding: Finding): Diagnostic {
  const { id, severity, message, fix } = finding;
  const page = workspace.rulePage(id);
  const related = relatedTo(workspace, project, finding);
  return {
    range: findingRange(project, finding),
    severity: SEVERITIES[severity],
    source: "claimgate",
    code: id,
    ...(page !== undefined && { codeDescription: { href: page } }),
    message: fix === undefined ? message : `${message}\n${fix}`,
    ...(related.length > 0 && { relatedInformation: related }),
  };
}

/** A finding has a place; editors underline a range: the field that begins there, otherwise the word. */
function findingRange(project: Project, { place }: Finding): Range {
  if (place.kind !== "file") return rangeAt({ line: 1, column: 1 }, 0);
  const { file, line, column } = place;
  const text = project.linesOf(file)[line - 1] ?? "";
  const row = project.rowOn(file, line);
  const field = row?.columns.findIndex(
    (start, index) => column >= start && column < start + (row.lengths[index] ?? 0),
  );
  if (row !== undefined && field !== undefined && field >= 0) {
    return { start: { line: line - 1, character: column - 1 }, end: fieldRange(row, field).end };
  }
  const rest = text.slice(column - 1).trimEnd();
  // A finding at the start of a line is about the whole line.
  const length = column === 1 ? rest.length : (/^[^\s,;:]+/.exec(rest)?.[0].length ?? 1);
  return rangeAt(place, Math.max(1, length));
}

/** The rows that a message names by file and line: `policies/roles.csv:12`. */
function relatedTo(workspace: Workspace, project: Project, { message, fix = "", place }: Finding) {
  const related = new Map<string, DiagnosticRelatedInformation>();
  for (const word of `${message}\n${fix}`.split(/[\s`,;()]+/)) {
    const [name = "", number = ""] = word.split(":");
    const line = Number(number);
    const isOwn = place.kind === "file" && place.file === name && place.line === line;
    const row = isOwn ? undefined : project.rowOn(name, line);
    if (row === undefined) continue;
    const location = { uri: workspace.uriOf(project, name), range: rowRange(row) };
    related.set(`${name}:${line}`, { location, message: row.text });
  }
  return [...related.values()];
}
