import { createHash } from "node:crypto";
import type { DeterminingRow } from "./decision.ts";
import type { Row } from "./row.ts";

/** A row as a decision names it. */
export function describeRow(row: Pick<Row, "file" | "line" | "text">): DeterminingRow {
  const digest = createHash("sha256").update(row.text).digest("hex").slice(0, 16);
  return { file: row.file, line: row.line, row: row.text, digest };
}
