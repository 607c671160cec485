import { rowText } from "./csv.ts";
import type { DeterminingRow } from "./decision.ts";
import type { PolicyRow } from "./policy.ts";
import { sha256 } from "./sha256.ts";

const described = new WeakMap<PolicyRow, DeterminingRow>();

/** A row as decisions name it, built once per row. */
export function describeRow(type: "p" | "p2" | "p3", row: PolicyRow): DeterminingRow {
  const known = described.get(row);
  if (known !== undefined) return known;
  const text = rowText(type, row.fields);
  const description = { file: row.file, line: row.line, row: text, digest: rowDigest(text) };
  described.set(row, description);
  return description;
}

/** How a decision log names a row. @param text in its canonical spelling */
export function rowDigest(text: string): string {
  return sha256(text).slice(0, 16);
}
