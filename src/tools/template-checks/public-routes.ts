import { PUBLIC } from "../../policy/permission.ts";
import type { Row } from "../../policy/row.ts";

/** The routes that rows declare public, which need no authorizer. */
export function publicRoutesOf(rows: readonly Row[]): ReadonlySet<string> {
  return new Set(rows.flatMap((row) => (row.type === "g2" && row.permission === PUBLIC ? [row.route] : [])));
}
