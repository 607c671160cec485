import {
  type SemanticTokens,
  SemanticTokensBuilder,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
} from "vscode-languageserver";
import type { Row, RowType } from "../../../policy/row.ts";
import { linesOf } from "../../text/place.ts";
import { feature } from "../feature.ts";
import type { ProjectFile } from "../project.ts";
import type { Workspace } from "../workspace.ts";

/** The types of tokens, of those that every theme has a colour for. */
const TYPES = [
  "keyword",
  "class",
  "property",
  "enumMember",
  "parameter",
  "function",
  "regexp",
  "comment",
] as const;

type TokenType = (typeof TYPES)[number];

const CAPABILITY = {
  semanticTokensProvider: {
    legend: { tokenTypes: [...TYPES], tokenModifiers: [] },
    full: true,
    range: true,
  },
};

/** What the fields of a row are: subject, permission, effect, condition, route, pattern. */
const FIELDS: Readonly<Record<RowType, readonly TokenType[]>> = {
  p: ["class", "property", "enumMember", "parameter"],
  g: ["class", "class"],
  g2: ["function", "property"],
  p2: ["regexp", "enumMember"],
  g3: ["regexp", "class"],
  p3: ["class", "property", "parameter"],
  g4: ["regexp", "class"],
};

/** Colours for the rows and comments of a policy file. A line that does not parse has none. */
export const semanticTokens = feature(SemanticTokensRequest.type, CAPABILITY, (workspace, { textDocument }) =>
  tokensOf(workspace, textDocument.uri, 0, Number.POSITIVE_INFINITY),
);

/** The same for the lines that an editor shows. */
export const semanticTokensOfRange = feature(
  SemanticTokensRangeRequest.type,
  CAPABILITY,
  (workspace, { textDocument, range }) =>
    tokensOf(workspace, textDocument.uri, range.start.line, range.end.line),
);

function tokensOf(workspace: Workspace, uri: string, from: number, to: number): SemanticTokens | null {
  const placed = workspace.at(uri);
  if (placed?.file.kind !== "policy") return null;
  const { project, file } = placed;
  const tokens = new SemanticTokensBuilder();
  const rows = new Map(project.rowsOf(file.name).map((row) => [row.line - 1, row]));
  for (const [line, text] of shownLines(file, from, to)) {
    const row = rows.get(line);
    if (row !== undefined) pushRow(tokens, row, text);
    else if (text.trimStart().startsWith("#")) push(tokens, line, 0, text.length, "comment");
  }
  // Without an id of the result: there are no deltas, and the id would be the time.
  return { data: tokens.build().data };
}

function shownLines({ text }: ProjectFile, from: number, to: number): readonly (readonly [number, string])[] {
  return linesOf(text).flatMap((line, index) =>
    index >= from && index <= to ? [[index, line] as const] : [],
  );
}

function pushRow(tokens: SemanticTokensBuilder, row: Row, text: string): void {
  const line = row.line - 1;
  const start = text.search(/\S/);
  push(tokens, line, start, row.type.length + (text[start] === '"' ? 2 : 0), "keyword");
  for (const [index, column] of row.columns.entries()) {
    push(tokens, line, column - 1, row.lengths[index] ?? 0, FIELDS[row.type][index] ?? "property");
  }
}

function push(
  tokens: SemanticTokensBuilder,
  line: number,
  at: number,
  length: number,
  type: TokenType,
): void {
  tokens.push(line, at, length, TYPES.indexOf(type), 0);
}
