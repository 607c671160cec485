import { type CompletionItem, CompletionItemKind, CompletionRequest } from "vscode-languageserver";
import { complete } from "../completion/complete.ts";
import type { CompletionKind } from "../completion/completion.ts";
import { feature } from "../feature.ts";
import { positionOf } from "../positions.ts";

/** What can be written at the cursor. */
export const completion = feature(
  CompletionRequest.type,
  { completionProvider: { triggerCharacters: [" ", ",", ":", "{", "=", "/", '"', "'", "["] } },
  (workspace, { textDocument, position }) => {
    const placed = workspace.at(textDocument.uri);
    if (placed === undefined) return null;
    const { project, file } = placed;
    const { index, service } = project;
    const offer = complete({
      ...{ file, index, service },
      line: position.line + 1,
      column: position.character + 1,
    });
    if (offer === undefined) return null;
    const { line, column, end, isIncomplete } = offer;
    const range = { start: positionOf({ line, column }), end: positionOf({ line, column: end }) };
    const items = offer.items.map(
      ({ label, insert = label, kind, detail }, place): CompletionItem => ({
        label,
        kind: KINDS[kind],
        ...(detail !== undefined && { detail: detail() }),
        // Editors sort by label otherwise; the routes without a row would be among the others.
        sortText: String(place).padStart(4, "0"),
        filterText: label,
        textEdit: { range, newText: insert },
      }),
    );
    return { isIncomplete, items };
  },
);

const KINDS: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  row: CompletionItemKind.Keyword,
  subject: CompletionItemKind.Class,
  permission: CompletionItemKind.EnumMember,
  route: CompletionItemKind.Interface,
  value: CompletionItemKind.Value,
  property: CompletionItemKind.Property,
  rule: CompletionItemKind.Constant,
};
