import {
  DocumentFormattingRequest,
  DocumentRangeFormattingRequest,
  type TextEdit,
} from "vscode-languageserver";
import { parseRows } from "../../../policy/parse.ts";
import { formatRows } from "../../lint/fixes/format-rows.ts";
import { feature } from "../feature.ts";
import { rangeAt } from "../positions.ts";
import { textEdits } from "../text-edits.ts";

/** `claimgate fmt` of a policy file. */
export const formatting = feature(
  DocumentFormattingRequest.type,
  { documentFormattingProvider: true },
  (workspace, { textDocument }) => {
    const file = workspace.at(textDocument.uri)?.file;
    if (file?.kind !== "policy") return null;
    const formatted = formatRows(file.name, file.text, { sort: false });
    return hasSameRows(file.name, file.text, formatted) ? textEdits(file.text, formatted) : null;
  },
);

/** The rows of some lines; blank lines stay, since `fmt` sees the whole file for them. */
export const rangeFormatting = feature(
  DocumentRangeFormattingRequest.type,
  { documentRangeFormattingProvider: true },
  (workspace, { textDocument, range }) => {
    const placed = workspace.at(textDocument.uri);
    if (placed?.file.kind !== "policy") return null;
    const { project, file } = placed;
    const edits: TextEdit[] = [];
    const lines = project.linesOf(file.name);
    // Editors name a line far behind the last one for the whole file.
    const end = Math.min(range.end.line, lines.length - 1);
    for (let line = Math.max(range.start.line, 0); line <= end; line += 1) {
      const text = lines[line] ?? "";
      const newText = project.rowOn(file.name, line + 1)?.text ?? text.trimEnd();
      if (newText !== text)
        edits.push({ range: rangeAt({ line: line + 1, column: 1 }, text.length), newText });
    }
    return edits;
  },
);

/** As `fmt` itself proves: a file that would decide differently stays as it is. */
function hasSameRows(name: string, before: string, after: string): boolean {
  const rows = (text: string) => parseRows(name, text).rows.map((row) => row.text);
  const [old, now] = [rows(before), rows(after)];
  return old.length === now.length && old.every((text, index) => text === now[index]);
}
