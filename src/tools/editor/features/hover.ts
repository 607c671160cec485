import { HoverRequest, MarkupKind } from "vscode-languageserver";
import { feature } from "../feature.ts";
import { hoverAt } from "../hover/hover.ts";
import { rangeAt } from "../positions.ts";

/** What a name is for, and what a row decides. */
export const hover = feature(
  HoverRequest.type,
  { hoverProvider: true },
  (workspace, { textDocument, position }) => {
    const placed = workspace.at(textDocument.uri);
    if (placed === undefined) return null;
    const { project, file } = placed;
    const found = hoverAt(project.index, file.name, position.line + 1, position.character + 1);
    if (found === undefined) return null;
    const { markdown, ...place } = found;
    return {
      contents: { kind: MarkupKind.Markdown, value: markdown },
      range: rangeAt(place, place.length),
    };
  },
);
