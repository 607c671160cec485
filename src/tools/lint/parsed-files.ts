import type { PolicyFile } from "../../policy/compile.ts";
import { type Parsing, parseRows } from "../../policy/parse.ts";
import { canonicalRows, keepOrder } from "./canonical-rows.ts";
import { reparsed } from "./reparsed.ts";

/** What was parsed of a file object. An edit makes a new object; the other files of the policy keep theirs. */
const known = new WeakMap<PolicyFile, Parsing>();

/** The rows of a file, parsed once for each object. */
export function parsedFile(file: PolicyFile): Parsing {
  const found = known.get(file) ?? parseRows(file.path, file.text);
  known.set(file, found);
  return found;
}

/** All files of a policy; the rows are in canonical order. */
export function parsedFiles(files: readonly PolicyFile[]): Parsing {
  const parsings = files.map(parsedFile);
  return {
    rows: canonicalRows(parsings.map(({ rows }) => rows)),
    findings: parsings.flatMap(({ findings }) => findings),
  };
}

/** Parses an edited file: only the lines that differ from the former text, where these decide alone. */
export function parseEdited(before: PolicyFile, after: PolicyFile): void {
  const parsing = known.get(before);
  if (parsing === undefined) return;
  const edited = reparsed(before.text, parsing, after);
  keepOrder(parsing.rows, edited.rows);
  known.set(after, edited);
}
