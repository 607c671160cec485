import { loadPolicy, type PolicyFile } from "../policy/load.ts";
import type { Policy } from "../policy/policy.ts";
import { type DiffSide, diffPolicies, type RowChange } from "./policy-diff.ts";

/** The rows that differ are tried one by one up to this many: each costs a policy and a comparison. */
const MOST_ROWS = 50;

/**
 * Which of the rows that differ change no decision: all of them together could be left out of the change, and the new
 * policy would decide the same. Of two added rows that say the same, one is among them. Undefined where there are too
 * many to try.
 *
 * @param changes between some policy and `after`, none of them about addresses
 */
export function idleRows(
  model: PolicyFile,
  after: DiffSide,
  changes: readonly RowChange[],
): ReadonlySet<RowChange> | undefined {
  if (changes.length > MOST_ROWS) return undefined;
  const idle = new Set<RowChange>();
  let texts: ReadonlySet<string> = new Set(after.rows.map(({ text }) => text));
  for (const change of changes) {
    const without = new Set(texts);
    if (change.kind === "added") without.delete(change.row);
    else without.add(change.row);
    const policy = policyOf(model, without);
    if (policy === undefined || decideOtherwise(policy, after.policy)) continue;
    idle.add(change);
    texts = without;
  }
  return idle;
}

/** Undefined where the rows do not load together: half of a change need not. */
function policyOf(model: PolicyFile, texts: ReadonlySet<string>): Policy | undefined {
  try {
    return loadPolicy({ model, rows: [{ path: "policy.csv", text: [...texts].join("\n") }] });
  } catch {
    return undefined;
  }
}

function decideOtherwise(before: Policy, after: Policy): boolean {
  return diffPolicies({ policy: before, rows: [] }, { policy: after, rows: [] }).differs;
}
