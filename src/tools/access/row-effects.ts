import { assemblePolicy } from "../../policy/assemble.ts";
import { type CompiledPolicy, textOf } from "../../policy/compile.ts";
import { parseRows } from "../../policy/parse.ts";
import { covers, PUBLIC } from "../../policy/permission.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Row } from "../../policy/row.ts";
import { type AccessChange, accessChanges, type ChangeScope, comparedRequests } from "./access-changes.ts";
import { editedPolicy } from "./edited-policy.ts";
import { accessDiffers, type RowChange } from "./policy-diff.ts";

/** The maximum number of differing rows to try one by one: each takes a comparison. */
const MOST_ROWS = 50;

/**
 * The differing rows that change no decision: without all of them the new policy would decide the same. Of two
 * equivalent added rows, one is included. Undefined if there are too many to try.
 *
 * @param wanted the new policy
 * @param changes between another policy and that one, without rows about addresses
 * @param edit the policy with one row more or less
 */
export function idleRows(
  wanted: Policy,
  changes: readonly RowChange[],
  edit = editedPolicy,
): ReadonlySet<RowChange> | undefined {
  if (changes.length > MOST_ROWS) return undefined;
  const idle = new Set<RowChange>();
  let kept = wanted;
  for (const change of changes) {
    const row = parseRows("", change.row).rows[0];
    const policy = row === undefined ? undefined : undone(kept, row, change.kind, edit);
    if (row === undefined || policy === undefined) continue;
    const holder = change.kind === "added" ? wanted : policy;
    if (accessDiffers(policy, wanted, scopeOf(row, holder))) continue;
    idle.add(change);
    kept = policy;
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
  if (parsed === undefined || !compiled.rows.some((one) => textOf(one) === row)) return undefined;
  const after = assemblePolicy(compiled);
  const before = undone(after, parsed, "added", editedPolicy);
  if (before === undefined) return undefined;
  const scope = scopeOf(parsed, after);
  const found: AccessChange[] = [];
  for (const change of accessChanges(before, after, comparedRequests(before, after, scope.focus), scope)) {
    found.push(change);
    if (found.length === most) break;
  }
  return found;
}

/** The policy without a change; undefined if it would not load, and so cannot be tried. */
function undone(
  policy: Policy,
  row: Row,
  kind: RowChange["kind"],
  edit: typeof editedPolicy,
): Policy | undefined {
  // A route is either public or has permissions; with one row more or less it may violate that.
  if (row.type === "g2" && row.permission === PUBLIC) return undefined;
  const without = edit(policy, row, kind === "added" ? "remove" : "add");
  // A policy without `p` rows does not load.
  return without.decisionRows.length === 0 ? undefined : without;
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
