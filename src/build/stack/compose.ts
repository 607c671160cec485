import { type JsonObject, objectOf } from "../../local/json.ts";
import { settleConditions, settleSection, settleValue } from "./settle.ts";

/** The parts of the framework's resolved service that the stack is made of. */
export interface StackInput {
  readonly resources: JsonObject;
  readonly functions: JsonObject;
  readonly provider: JsonObject;
}

/**
 * The stack as it is deployed: conditions settled in resources, functions and provider, so that the packaged
 * template says nothing that this stage does not have.
 *
 * @throws RangeError for a condition that is not defined
 */
export function composeStack(input: StackInput): StackInput {
  const conditions = settleConditions(objectOf(input.resources["Conditions"]));
  return {
    resources: settleSection(input.resources),
    functions: objectOf(settleValue(input.functions, conditions)),
    provider: objectOf(settleValue(input.provider, conditions)),
  };
}
