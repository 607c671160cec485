import type { Finding } from "../../findings/finding.ts";
import type { PlaceOf } from "../function-environment.ts";
import { placeOfSetting, settingOf } from "../parameter-place.ts";
import { checkParameters } from "../parameters.ts";
import type { SetParameter, StageParameters } from "../stage-parameters.ts";
import { COMBINATION_RULES } from "./combination-rules.ts";
import { checkCombinations } from "./parameter-combinations.ts";
import { PARAMETER_NAMES, PARAMETER_RULES } from "./parameter-rules.ts";
import { unknownParameters } from "./unknown-parameters.ts";

/**
 * What can be wrong with the parameters of a stage. None of these can be switched off: the stack is built from them.
 */
export const PARAMETER_KINDS = [
  {
    id: "parameter-combination",
    severity: "error",
    summary: "stage parameters that contradict each other, or one that would have no effect",
  },
  {
    id: "parameter-unknown",
    severity: "error",
    summary: "an unknown stage parameter: misspelled, renamed or removed",
  },
  {
    id: "parameter-value",
    severity: "error",
    summary: "a stage parameter with an invalid value",
  },
] as const;

type ParameterKind = (typeof PARAMETER_KINDS)[number]["id"];

/**
 * The findings about the parameters of a stage, before anything is built. Parameters are checked together only if each
 * is valid by itself: the message about a wrong value is the most helpful one.
 *
 * @param region the region of the stack, e.g. `eu-west-1`
 */
export function parameterFindings(
  stage: StageParameters,
  region: string,
  placeOf: PlaceOf,
): readonly Finding[] {
  const { values, given } = stage;
  const finding = (id: ParameterKind, set: SetParameter, message: string): Finding => {
    return { id, severity: "error", place: placeOfSetting(set, placeOf), message };
  };
  const unknown = unknownParameters(stage, PARAMETER_NAMES);
  if (unknown.length > 0) return unknown.map((one) => finding("parameter-unknown", one, one.message));
  const set = (name: string) => settingOf(name, stage);
  const alone = checkParameters(PARAMETER_RULES, values);
  if (alone.length > 0) {
    return alone.map(({ parameter, message }) => finding("parameter-value", set(parameter), message));
  }
  const together = checkCombinations(COMBINATION_RULES, { values, given, region });
  return together.map(({ parameter, message }) => finding("parameter-combination", set(parameter), message));
}
