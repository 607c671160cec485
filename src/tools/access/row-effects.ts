import { assemblePolicy } from "../../policy/assemble.ts";
import { type CompiledPolicy, type CompiledRow, textOf } from "../../policy/compile.ts";
import { parseRows } from "../../policy/parse.ts";
import { covers, PUBLIC } from "../../policy/permission.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Row } from "../../policy/row.ts";
import type { ChangeScope } from "./access-changes.ts";
import { accessDiffers, type RowChange } from "./policy-diff.ts";

/** The rows that differ are tried one by one up to this many: each costs a policy and a comparison. */
const MOST_ROWS = 50;

/**
 * Which of the rows that differ change no decision: all of them together could be left out of the change, and the new
 * policy would decide the same. Of two added rows that say the same, one is among them. Undefined where there are too
 * many to try.
 *
 * @param after the new policy, and what {@link assemblePolicy} makes of it
 * @param changes between some policy and that one, none of them about addresses
 */
export function idleRows(
  after: CompiledPolicy,
  wanted: Policy,
  changes: readonly RowChange[],
): ReadonlySet<RowChange> | undefined {
  if (changes.length > MOST_ROWS) return undefined;
  const idle = new Set<RowChange>();
  let rows: ReadonlyMap<string, CompiledRow> = new Map(after.rows.map((row) => [textOf(row), row]));
  for (const change of changes) {
    const row = parseRows("", change.row).rows[0];
    const without = row === undefined ? undefined : undone(rows, row, change.kind);
    if (row === undefined || without === undefined) continue;
    const policy = assemblePolicy({ ...after, rows: [...without.values()] });
    const holder = change.kind === "added" ? wanted : policy;
    if (accessDiffers(policy, wanted, scopeOf(row, holder))) continue;
    idle.add(change);
    rows = without;
  }
  return idle;
}

/** The rows without a change; undefined where they would not load together, and so cannot be tried. */
function undone(
  rows: ReadonlyMap<string, CompiledRow>,
  row: Row,
  kind: RowChange["kind"],
): ReadonlyMap<string, CompiledRow> | undefined {
  // A route is public or has permissions; with one of its rows more or less it may be neither.
  if (row.type === "g2" && row.permission === PUBLIC) return undefined;
  const without = new Map(rows);
  if (kind === "added") without.delete(row.text);
  else without.set(row.text, [row.type, 0, row.line, ...row.fields]);
  // A policy without `p` rows does not load.
  return [...without.values()].some(([type]) => type === "p") ? without : undefined;
}

/** Whose access to what a row can change. @param policy the one that has the row */
function scopeOf(row: Row, policy: Policy): ChangeScope {
  switch (row.type) {
    case "p":
      return {
        route: (route) => policy.routeEntries.get(route)?.covering.has(row.permission) === true,
        permission: (permission) => covers(row.permission, permission),
        subject: (held) => held.has(row.subject),
      };
    case "g":
      return { route: () => true, permission: () => true, subject: (held) => held.has(row.member) };
    case "g2":
      // Without the row another route may take its requests. Who has its permission depends on no route.
      return { focus: row.route, route: () => true, permission: () => false, subject: () => true };
    case "p2":
    case "g3":
      // No access of anybody hangs on these.
      return { route: () => false, permission: () => false, subject: () => false };
  }
}
