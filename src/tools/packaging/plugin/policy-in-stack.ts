import { type JsonObject, objectOf } from "../../../json.ts";
import { withPolicyGroups, withPolicyScopes } from "../../stack/from-policy/generate.ts";
import type { StackPolicyReading } from "../../stack/from-policy/read-stack-policy.ts";
import { PluginError } from "./framework.ts";
import { poolIdOf } from "./pool-values.ts";
import type { Settings } from "./settings.ts";

/**
 * The resources of the service with the groups and scopes of the policy, as far as the settings ask for them.
 *
 * @param variable reads a variable of the declared functions; empty if none has it
 * @throws PluginError if the resources contradict the policy
 */
export function withPolicyParts(
  resources: JsonObject,
  settings: Settings,
  read: Pick<StackPolicyReading, "rows" | "groups">,
  variable: (name: string) => string,
): JsonObject {
  const policy = {
    ...read,
    scopePrefix: variable("CLAIMGATE_SCOPE_PREFIX"),
    poolAlias: variable("CLAIMGATE_POOL_ALIAS"),
  };
  try {
    const scoped = settings.scopes ? withPolicyScopes(resources, policy) : resources;
    const all = settings.groups ? withPolicyGroups(scoped, policy, poolIdOf(settings, "groups")) : scoped;
    // Copied, since `sls print` would print an object that appears twice as a reference.
    return objectOf(JSON.parse(JSON.stringify(all)));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new PluginError("CLAIMGATE_STACK_INVALID", error.message);
  }
}
