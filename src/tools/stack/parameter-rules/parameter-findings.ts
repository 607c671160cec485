import type { Finding } from "../../findings/finding.ts";
import { checkParameters, type ParameterFault } from "../parameters.ts";
import { removedParameters } from "../removed-parameters.ts";
import type { StageParameters } from "../stage-parameters.ts";
import { COMBINATION_RULES } from "./combination-rules.ts";
import { checkCombinations } from "./parameter-combinations.ts";
import { PARAMETER_RULES } from "./parameter-rules.ts";

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
  { values, known, given }: StageParameters,
  region: string,
): readonly Finding[] {
  const removed = removedParameters(values.keys());
  if (removed.length > 0) return removed.map((fault) => findingOf(fault, "parameter-unknown"));
  const alone = checkParameters(PARAMETER_RULES, known, given, values);
  if (alone.length > 0) return alone.map((fault) => findingOf(fault, "parameter-value"));
  const together = checkCombinations(COMBINATION_RULES, { values, given, region });
  return together.map((fault) => findingOf(fault, "parameter-combination"));
}

function findingOf({ parameter, message, unknown }: ParameterFault, id: ParameterKind): Finding {
  return {
    id: unknown === true ? "parameter-unknown" : id,
    severity: "error",
    place: { kind: "parameter", parameter },
    // Its place names the parameter.
    message: message.replace(`parameter \`${parameter}\` `, ""),
  };
}

/**
 * The findings in a string, as `printFinding` prints them: the plugin passes them on through the framework's error.
 */
export function parameterFindingsIn(text: string): readonly Finding[] {
  return Array.from(
    text.matchAll(/^parameter (\S+): (.*) \[(parameter-[a-z]+)\]$/gm),
    ([, parameter = "", message = "", id = ""]) => ({
      id,
      severity: "error",
      place: { kind: "parameter", parameter },
      message,
    }),
  );
}
