import type { ParameterFault, Parameters } from "../parameters.ts";

/** A stage as its parameters describe it: each of them is well-formed by itself. */
export interface Stage {
  readonly values: Parameters;
  /** The names that the stage or the command line sets, rather than leaving them to the default. */
  readonly given: ReadonlySet<string>;
  /** Where the stack is deployed, e.g. `eu-west-1`. */
  readonly region: string;
}

/**
 * What is wrong with parameters that are right one by one: Cognito or CloudFormation would refuse them together,
 * or take one of them for nothing. The messages name the parameters to change.
 */
export type CombinationRule = (stage: Stage) => Iterable<ParameterFault>;

/** Checks the parameters of a stage together, after `checkParameters` had nothing to say. */
export function checkCombinations(rules: readonly CombinationRule[], stage: Stage): ParameterFault[] {
  return rules.flatMap((rule) => [...rule(stage)]);
}

/** The value of a parameter; empty where it is not there, as an unset one is. */
export function valueIn({ values }: Stage, name: string): string {
  return values.get(name) ?? "";
}

export function isOn(stage: Stage, name: string): boolean {
  return valueIn(stage, name) === "true";
}

/** Whether the stack makes the user pool, rather than using one that is there. */
export function ownsUserPool(stage: Stage): boolean {
  return valueIn(stage, "existingUserPoolId") === "";
}
