import type { ParameterFault, Parameters } from "../parameters.ts";

/** A stage as its parameters describe it; each of them alone is valid. */
export interface Stage {
  readonly values: Parameters;
  /** The names that the stage or the command line sets, in contrast to defaults. */
  readonly given: ReadonlySet<string>;
  /** The region of the stack, e.g. `eu-west-1`. */
  readonly region: string;
}

/**
 * Checks parameters that are valid one by one: Cognito or CloudFormation would refuse them together, or ignore one of
 * them. The messages name the parameters to change.
 */
export type CombinationRule = (stage: Stage) => Iterable<ParameterFault>;

/** Checks the parameters of a stage together, after `checkParameters` found nothing. */
export function checkCombinations(rules: readonly CombinationRule[], stage: Stage): ParameterFault[] {
  return rules.flatMap((rule) => [...rule(stage)]);
}

/** The value of a parameter; empty if it is missing or not set. */
export function valueIn({ values }: Stage, name: string): string {
  return values.get(name) ?? "";
}

export function isOn(stage: Stage, name: string): boolean {
  return valueIn(stage, name) === "true";
}

/** Whether the stack creates the user pool, rather than using an existing one. */
export function ownsUserPool(stage: Stage): boolean {
  return valueIn(stage, "existingUserPoolId") === "";
}
