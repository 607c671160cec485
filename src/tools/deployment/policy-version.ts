import { type JsonObject, objectOf, textOf } from "../../json.ts";

/** Packaging adds this variable to a function whose code contains a policy; the value is the policy's version. */
export const POLICY_VERSION = "CLAIMGATE_POLICY_VERSION";

/** The output of a stack with the version of the policy that it was packaged with. */
export const POLICY_VERSION_OUTPUT = "ClaimgatePolicyVersion";

/**
 * The version of the policy that is built into a function; undefined if it contains none.
 *
 * @param configuration the properties of a template's function, or the answer of GetFunctionConfiguration: both have
 * the environment in the same place
 */
export function policyVersionIn(configuration: JsonObject): string | undefined {
  return textOf(objectOf(objectOf(configuration["Environment"])["Variables"])[POLICY_VERSION]);
}
