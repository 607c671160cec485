import type { ParameterFault } from "../parameters.ts";
import { type CombinationRule, isOn, ownsUserPool, type Stage, valueIn } from "./parameter-combinations.ts";

/** The identity pool: parameters that would silently have no effect. */
export const IDENTITY_COMBINATIONS: readonly CombinationRule[] = [existingPool, guests, rules];

function* existingPool(stage: Stage): Iterable<ParameterFault> {
  if (valueIn(stage, "identityPool") !== "existing" || !ownsUserPool(stage)) return;
  const message =
    "parameter `identityPool` is `existing` without `existingUserPoolId`; expected `true` if the stack creates the user pool";
  yield { parameter: "identityPool", message };
}

function* guests(stage: Stage): Iterable<ParameterFault> {
  if (!isOn(stage, "guestAccess") || hasIdentityPool(stage)) return;
  const value = ownsUserPool(stage) ? "true" : "existing";
  const message = `parameter \`guestAccess\` is \`true\` without an identity pool; set \`identityPool\` to \`${value}\` as well`;
  yield { parameter: "guestAccess", message };
}

/** The rules are made from the groups that the stack creates. */
function* rules(stage: Stage): Iterable<ParameterFault> {
  if (valueIn(stage, "roleMapping") !== "rules" || !hasIdentityPool(stage)) return;
  if (ownsUserPool(stage) && isOn(stage, "groupsFromPolicy")) return;
  const why = ownsUserPool(stage) ? "`groupsFromPolicy` is `false`" : "the user pool exists already";
  yield {
    parameter: "roleMapping",
    message: `parameter \`roleMapping\` is \`rules\`, which are generated from the groups of the stack, but ${why}; set it to \`token\`, which takes the roles from the groups of the pool`,
  };
}

function hasIdentityPool(stage: Stage): boolean {
  return valueIn(stage, "identityPool") === (ownsUserPool(stage) ? "true" : "existing");
}
