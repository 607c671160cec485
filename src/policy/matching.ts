import type { Condition, ConditionScope } from "./condition.ts";
import { evaluateCondition } from "./condition.ts";
import type { Effect } from "./row.ts";

/** An allow row matches on true only; a deny row matches on true and on unknown. */
export function conditionMatches(
  effect: Effect,
  condition: Condition | undefined,
  scope: ConditionScope,
): boolean {
  if (condition === undefined) return true;
  const truth = evaluateCondition(condition, scope);
  return truth === "true" || (truth === "unknown" && effect === "deny");
}
