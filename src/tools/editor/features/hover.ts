import { HoverRequest, MarkupKind } from "vscode-languageserver";
import { type CompiledPolicy, compilePolicy } from "../../../policy/compile.ts";
import { PolicyError } from "../../../policy/finding.ts";
import { feature } from "../feature.ts";
import { hoverAt } from "../hover/hover.ts";
import { rangeAt } from "../positions.ts";
import type { Project } from "../project.ts";

/** The most rows for which a comparison takes no longer than people wait. */
const MOST_ROWS = 5_000;

function comparable(project: Project): CompiledPolicy | undefined {
  const { sources, unreadable } = project.facts.texts;
  if (project.rows.length > MOST_ROWS || unreadable.length > 0) return undefined;
  try {
    return compilePolicy(sources);
  } catch (error) {
    if (error instanceof PolicyError) return undefined;
    throw error;
  }
}

/** What a name is for, and what a row decides. */
export const hover = feature(
  HoverRequest.type,
  { hoverProvider: true },
  (workspace, { textDocument, position }) => {
    const placed = workspace.at(textDocument.uri);
    if (placed === undefined) return null;
    const { project, file } = placed;
    const found = hoverAt({
      index: project.index,
      file: file.name,
      ...{ line: position.line + 1, column: position.character + 1 },
      compiled: () => comparable(project),
    });
    if (found === undefined) return null;
    const { markdown, ...place } = found;
    return {
      contents: { kind: MarkupKind.Markdown, value: markdown },
      range: rangeAt(place, place.length),
    };
  },
);
