import { type JsonObject, objectOf, textOf } from "../../json.ts";

/** The variable that the packaging adds to a function whose code holds a policy: its version. */
export const POLICY_VERSION = "CLAIMGATE_POLICY_VERSION";

/**
 * The version of the policy that is built into a function; undefined where it holds none.
 *
 * @param configuration the properties of a template's function, or what GetFunctionConfiguration gives: both have
 * the environment in one place
 */
export function policyVersionIn(configuration: JsonObject): string | undefined {
  return textOf(objectOf(objectOf(configuration["Environment"])["Variables"])[POLICY_VERSION]);
}
