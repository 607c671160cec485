import { type DocumentSymbol, DocumentSymbolRequest, SymbolKind } from "vscode-languageserver";
import type { Row, RowType } from "../../../policy/row.ts";
import { feature } from "../feature.ts";
import { fieldRange, rowRange } from "../positions.ts";

/** The rows of a policy file, as an outline. */
export const documentSymbols = feature(
  DocumentSymbolRequest.type,
  { documentSymbolProvider: true },
  (workspace, { textDocument }) => {
    const placed = workspace.at(textDocument.uri);
    if (placed?.file.kind !== "policy") return null;
    return placed.project.rowsOf(placed.file.name).map(symbolOf);
  },
);

const KINDS: Readonly<Record<RowType, SymbolKind>> = {
  p: SymbolKind.Key,
  g: SymbolKind.Class,
  g2: SymbolKind.Interface,
  p2: SymbolKind.Event,
  g3: SymbolKind.Event,
  p3: SymbolKind.Module,
  g4: SymbolKind.Event,
};

function symbolOf(row: Row): DocumentSymbol {
  const [name = row.type, ...others] = row.fields;
  return {
    name,
    detail: others.join(", "),
    kind: KINDS[row.type],
    range: rowRange(row),
    selectionRange: fieldRange(row, 0),
  };
}
