import { type JsonObject, objectOf } from "../../local/json.ts";
import { withPropertyTypes } from "./property-types.ts";
import { settleConditions, settleSection, settleValue } from "./settle.ts";

/** The parts of the framework's resolved service that the stack is made of. */
export interface StackInput {
  readonly resources: JsonObject;
  readonly functions: JsonObject;
  readonly provider: JsonObject;
}

/** The stack of a stage. */
export interface Stack extends StackInput {
  /** Logical ids of the app clients that the stage has switched off. */
  readonly clientsSwitchedOff: readonly string[];
}

/**
 * The stack as it is deployed: conditions settled in resources, functions and provider, so that the packaged
 * template says nothing that this stage does not have.
 *
 * @throws RangeError for a condition that is not defined
 */
export function composeStack(input: StackInput): Stack {
  const conditions = settleConditions(objectOf(input.resources["Conditions"]));
  const settled = settleSection(input.resources);
  const resources = withPropertyTypes(objectOf(settled["Resources"]));
  return {
    resources: { ...settled, Resources: resources },
    clientsSwitchedOff: Object.entries(objectOf(input.resources["Resources"]))
      .filter(([id, resource]) => !Object.hasOwn(resources, id) && isAppClient(resource))
      .map(([id]) => id),
    functions: objectOf(settleValue(input.functions, conditions)),
    provider: objectOf(settleValue(input.provider, conditions)),
  };
}

function isAppClient(resource: unknown): boolean {
  return objectOf(resource)["Type"] === "AWS::Cognito::UserPoolClient";
}
