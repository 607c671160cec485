import { assemblePolicy } from "../../policy/assemble.ts";
import { type CompiledPolicy, type CompiledRow, textOf } from "../../policy/compile.ts";
import { parseRows } from "../../policy/parse.ts";
import { covers, PUBLIC } from "../../policy/permission.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Row } from "../../policy/row.ts";
import { type AccessChange, accessChanges, type ChangeScope, comparedRequests } from "./access-changes.ts";
import { accessDiffers, type RowChange } from "./policy-diff.ts";

/** The maximum number of differing rows to try one by one: each takes a policy and a comparison. */
const MOST_ROWS = 50;

/**
 * The differing rows that change no decision: without all of them the new policy would decide the same. Of two
 * equivalent added rows, one is included. Undefined if there are too many to try.
 *
 * @param after the new policy, compiled and assembled by {@link assemblePolicy}
 * @param changes between another policy and that one, without rows about addresses
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

/**
 * What a row of a policy decides: the differences from the same policy without it, at most so many. Empty if it changes
 * no decision; undefined if the policy would not load without it, so that nothing can be compared.
 *
 * @param row in its canonical spelling
 * @param most so many changes are looked for
 */
export function effectsOfRow(
  compiled: CompiledPolicy,
  row: string,
  most: number,
): readonly AccessChange[] | undefined {
  const parsed = parseRows("", row).rows[0];
  const rows = new Map(compiled.rows.map((one) => [textOf(one), one]));
  const without = parsed === undefined || !rows.has(row) ? undefined : undone(rows, parsed, "added");
  if (parsed === undefined || without === undefined) return undefined;
  const [before, after] = [
    assemblePolicy({ ...compiled, rows: [...without.values()] }),
    assemblePolicy(compiled),
  ];
  const scope = scopeOf(parsed, after);
  const found: AccessChange[] = [];
  for (const change of accessChanges(before, after, comparedRequests(before, after, scope.focus), scope)) {
    found.push(change);
    if (found.length === most) break;
  }
  return found;
}

/** The rows without a change; undefined if they would not load, and so cannot be tried. */
function undone(
  rows: ReadonlyMap<string, CompiledRow>,
  row: Row,
  kind: RowChange["kind"],
): ReadonlyMap<string, CompiledRow> | undefined {
  // A route is either public or has permissions; with one row more or less it may violate that.
  if (row.type === "g2" && row.permission === PUBLIC) return undefined;
  const without = new Map(rows);
  if (kind === "added") without.delete(row.text);
  else without.set(row.text, [row.type, 0, row.line, ...row.fields]);
  // A policy without `p` rows does not load.
  return [...without.values()].some(([type]) => type === "p") ? without : undefined;
}

/** The access that a row can change. @param policy the policy with the row */
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
      // Without the row another route may decide its requests. The subjects of its permission do not depend on routes.
      return { focus: row.route, route: () => true, permission: () => false, subject: () => true };
    case "p3":
      // The first row also closes everything to the other apps.
      return { route: () => true, permission: () => true, subject: () => true };
    case "p2":
    case "g3":
    case "g4":
      // No access depends on these.
      return { route: () => false, permission: () => false, subject: () => false };
  }
}
