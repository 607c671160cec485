import { scopeOfEdit } from "../../access/edit-scope.ts";
import { type DiffSide, diffSteps } from "../../access/policy-diff.ts";
import type { Edit } from "./edit-lens.ts";

/**
 * How a policy differs from that of HEAD, in small steps.
 *
 * @param groups whose IAM role or precedence differs
 */
export function* editSteps(
  head: DiffSide,
  now: DiffSide,
  groups: readonly string[],
): Generator<undefined, Edit> {
  if (groups.length === 0 && hasSameRows(head, now)) return { kind: "same" };
  const diff = yield* diffSteps(head, now, scopeOfEdit(head, now));
  return { kind: "differs", diff, groups };
}

function hasSameRows({ rows: some }: DiffSide, { rows: others }: DiffSide): boolean {
  if (some.length !== others.length) return false;
  const texts = new Set(some.map(({ text }) => text));
  return others.every(({ text }) => texts.has(text));
}
