import { BUDGETS, type BudgetName, verdictOf } from "../budgets.ts";
import type { BudgetRun } from "./results.ts";

/** A row of the budget table: a case, or the bundles of triggers. */
export interface BudgetRow {
  readonly what: string;
  /** Of each run, in their order: such as `1.42x`. */
  readonly measured: readonly string[];
  readonly must: string;
  readonly goal: string;
  /** That of the worst run. */
  readonly verdict: string;
}

/** The budgets of DESIGN section 6, with what the runs measured. */
export function budgetRows(runs: readonly BudgetRun[]): readonly BudgetRow[] {
  const cases = new Map<string, { budget: BudgetName; ratios: number[] }>();
  for (const { budget, of, ratio } of runs.flatMap(({ ratios }) => ratios)) {
    const what = `${budget}, ${of}`;
    const known = cases.get(what) ?? { budget, ratios: [] };
    known.ratios.push(ratio);
    cases.set(what, known);
  }
  const rows = [...cases].map(([what, { budget, ratios }]) => ({
    what,
    measured: ratios.map((ratio) => `${ratio.toFixed(2)}x`),
    must: `${BUDGETS[budget].must}x`,
    goal: `${BUDGETS[budget].goal}x`,
    verdict: verdictOf({ budget, ratio: Math.max(...ratios) }),
  }));
  return [...rows, triggerRow(runs)];
}

function triggerRow(runs: readonly BudgetRun[]): BudgetRow {
  const found = runs.map(({ triggers }) =>
    triggers.flatMap(({ trigger, has }) => has.map((one) => `${trigger}: ${one}`)),
  );
  return {
    what: "trigger bundles: foreign parts",
    measured: found.map((parts) => parts.join("; ") || "none"),
    must: "none",
    goal: "none",
    verdict: found.every((parts) => parts.length === 0) ? "goal met" : "NOT MET",
  };
}
