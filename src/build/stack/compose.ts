import { type JsonObject, objectOf } from "../../local/json.ts";
import { type StackPolicy, withPolicyResources } from "./generate.ts";
import { settleConditions, settleSection, settleValue } from "./settle.ts";

/** The parts of the framework's resolved service that the stack is made of. */
export interface StackInput {
  readonly resources: JsonObject;
  readonly functions: JsonObject;
  readonly provider: JsonObject;
}

/**
 * The stack as it is deployed: conditions settled in resources, functions and provider, so that the packaged
 * template says nothing that this stage does not have; then what follows from the policy.
 *
 * @throws RangeError for a condition that is not defined, and where the resources contradict the policy
 */
export function composeStack(input: StackInput, policy: StackPolicy): StackInput {
  const conditions = settleConditions(objectOf(input.resources["Conditions"]));
  const settled = settleSection(input.resources);
  const resources = withPolicyResources(objectOf(settled["Resources"]), policy);
  return {
    resources: Object.keys(resources).length === 0 ? settled : { ...settled, Resources: resources },
    functions: objectOf(settleValue(input.functions, conditions)),
    provider: objectOf(settleValue(input.provider, conditions)),
  };
}
