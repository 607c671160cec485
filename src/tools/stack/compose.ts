import { type JsonObject, objectOf } from "../../json.ts";
import { settleConditions, settleSection, settleValue } from "../cloudformation/conditions.ts";
import { resourcesIn, resourcesOf } from "../cloudformation/template.ts";
import { selectApis } from "./apis.ts";
import { withCors } from "./cors.ts";
import { withExistingClients } from "./existing-clients.ts";
import { type StackPolicy, withPolicyResources } from "./from-policy/generate.ts";
import { withOwnRoles, withRevocationList, withTracing } from "./function-roles.ts";
import { observability } from "./observability/observability.ts";
import { withLists } from "./parameter-lists.ts";
import { listOf } from "./parameter-values.ts";
import type { Parameters } from "./parameters.ts";
import type { NamedStack, StackInput } from "./stack.ts";

/** The stack of a stage. */
export interface Stack extends StackInput {
  /** Logical ids of the app clients that the stage has switched off. */
  readonly clientsSwitchedOff: readonly string[];
}

/**
 * The stack as deployed. Conditions are settled in resources, functions and provider, so that the packaged template
 * contains only what this stage has. Then follows what YAML cannot express, derived from the parameters and the
 * policy.
 *
 * @param parameters as checked by PARAMETER_RULES and COMBINATION_RULES
 * @throws RangeError for a condition that is not defined, and for resources that contradict the policy
 */
export function composeStack(input: NamedStack, parameters: Parameters, policy: StackPolicy): Stack {
  const conditions = settleConditions(objectOf(input.resources["Conditions"]));
  const declared = settleSection(input.resources);
  const existing = parameters.get("existingAppClients") ?? "";
  const fixed = withExistingClients(objectOf(declared["Resources"]), existing);
  const settled = {
    resources: withResources(declared, withPolicyResources(fixed, policy)),
    functions: objectOf(settleValue(input.functions, conditions)),
    provider: objectOf(settleValue(input.provider, conditions)),
  };
  const isOn = (name: string) => parameters.get(name) === "true";
  const origins = listOf(parameters.get("corsOrigins") ?? "");
  const stack = withCors({ ...settled, ...selectApis(settled, parameters) }, origins);
  const own = withOwnRoles({
    functions: stack.functions,
    resources: objectOf(stack.resources["Resources"]),
  });
  const roles = isOn("revocation") ? withRevocationList(own) : own;
  const { functions, resources } = isOn("tracing") ? withTracing(roles) : roles;
  const composed = { ...stack, functions, resources: { ...stack.resources, Resources: resources } };
  const observing = observability({ ...input, ...composed }, parameters);
  const section = withResources(composed.resources, observing);
  return {
    ...composed,
    resources: { ...section, Resources: withLists(objectOf(section["Resources"])) },
    clientsSwitchedOff: clientsIn(input.resources).filter((id) => !clientsIn(section).includes(id)),
  };
}

function withResources(section: JsonObject, resources: JsonObject): JsonObject {
  return { ...section, Resources: { ...objectOf(section["Resources"]), ...resources } };
}

/** Logical ids of app clients. */
function clientsIn(section: JsonObject): string[] {
  const template = { resources: resourcesIn(objectOf(section["Resources"])) };
  return resourcesOf(template, "AWS::Cognito::UserPoolClient").map(({ id }) => id);
}
