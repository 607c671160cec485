import { CommandError } from "../../machine/command-error.ts";

/** The result of a step. */
export type StepOutcome = "planned" | "done" | "skipped" | "failed" | "not tried";

export interface StepReport {
  readonly step: string;
  readonly outcome: StepOutcome;
  /** What was done, or why not. */
  readonly detail: string;
}

/** One idempotent step. */
export interface Step {
  readonly step: string;
  /** What it does, for a dry run. */
  readonly plan: string;
  /** Why there is nothing to do, else undefined. */
  readonly skip?: string | undefined;
  /** Whether it runs only if every earlier step was done or skipped. */
  readonly needsAll?: boolean;
  /**
   * @returns why there was nothing to do, or undefined if it was done. @throws CommandError
   */
  readonly take: () => Promise<string | undefined>;
}

/** What would be done. */
export function planned(steps: readonly Step[]): readonly StepReport[] {
  return steps.map(({ step, plan, skip }) =>
    skip === undefined
      ? { step, outcome: "planned", detail: plan }
      : { step, outcome: "skipped", detail: skip },
  );
}

/** Runs the steps in order. After a failure, steps that do not depend on it still run. */
export async function taken(steps: readonly Step[]): Promise<readonly StepReport[]> {
  const reports: StepReport[] = [];
  for (const step of steps) {
    const incomplete = reports.some(({ outcome }) => outcome === "failed" || outcome === "not tried");
    reports.push(
      step.needsAll === true && incomplete
        ? { step: step.step, outcome: "not tried", detail: "an earlier step failed" }
        : await report(step),
    );
  }
  return reports;
}

async function report({ step, plan, skip, take }: Step): Promise<StepReport> {
  if (skip !== undefined) return { step, outcome: "skipped", detail: skip };
  try {
    const nothing = await take();
    return nothing === undefined
      ? { step, outcome: "done", detail: plan }
      : { step, outcome: "skipped", detail: nothing };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const fix = error.fix === undefined ? "" : `; ${error.fix}`;
    return { step, outcome: "failed", detail: `${error.message}${fix} [${error.code}]` };
  }
}
