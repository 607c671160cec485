/** What a budget bounds: docs/performance.md says what each compares. */
export type BudgetName = "decision" | "fresh token" | "token seen before" | "cold start";

/** Ratios in one run: what must be met, and where it should go. */
export interface Budget {
  readonly must: number;
  readonly goal: number;
}

/** Every benchmark judges itself by these, and so does `npm run bench`. */
export const BUDGETS: Readonly<Record<BudgetName, Budget>> = {
  decision: { must: 10, goal: 5 },
  "fresh token": { must: 1.5, goal: 1.25 },
  "token seen before": { must: 0.4, goal: 0.3 },
  "cold start": { must: 0.7, goal: 0.55 },
};

/** One ratio that a benchmark measured, such as that of a decision on 1,000 rows. */
export interface MeasuredRatio {
  readonly budget: BudgetName;
  /** The case, such as `HTTP` or `1,000 rows`. */
  readonly of: string;
  readonly ratio: number;
}

/** `goal met`, `met` or `NOT MET`. */
export function verdictOf({ budget, ratio }: Pick<MeasuredRatio, "budget" | "ratio">): string {
  const { must, goal } = BUDGETS[budget];
  if (ratio <= goal) return "goal met";
  return ratio <= must ? "met" : "NOT MET";
}

/** What one function of the user pool has that it must not have; nothing if all is well. */
export interface TriggerBundle {
  readonly trigger: string;
  readonly kilobytes: number;
  readonly has: readonly string[];
}
