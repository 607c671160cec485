import { type JsonObject, objectOf } from "../../../json.ts";
import type { Row } from "../../../policy/row.ts";
import type { GroupSettings } from "../../lint/groups-file.ts";
import { planGroups } from "./planned-group.ts";
import { groupResources, poolOf } from "./policy-groups.ts";
import { policyScopes } from "./policy-scopes.ts";
import { mappingResources } from "./role-mapping.ts";
import { machineClientResources, serverResources } from "./scopes.ts";

/** The input of the generated parts of the stack. */
export interface StackPolicy {
  /** The rows that parse. */
  readonly rows: readonly Row[];
  /** What `groups.yaml` says. */
  readonly groups: readonly GroupSettings[];
  /** Whether the stack creates the policy's groups. */
  readonly createsGroups: boolean;
  /** The prefix with which pre-token-generation makes a permission a scope; empty if it makes none. */
  readonly scopePrefix: string;
  /** The prefix of the pool's subjects; empty if there is one pool. */
  readonly poolAlias: string;
}

/**
 * The resources with what follows from the policy: groups with their IAM roles, scopes, role mappings. It adds only
 * what the resources leave out; what is written stays.
 *
 * @throws RangeError if the resources contradict it
 */
export function withPolicyResources(resources: JsonObject, policy: StackPolicy): JsonObject {
  const withScopes = withPolicyScopes(resources, policy);
  const pool = poolOf(withScopes);
  const withGroups =
    pool === undefined || !policy.createsGroups
      ? withScopes
      : withPolicyGroups(withScopes, policy, { Ref: pool });
  const all = { ...withGroups, ...mappingResources(withGroups) };
  // Copied, since `sls print` would print an object that appears twice as a reference.
  return objectOf(JSON.parse(JSON.stringify(all)));
}

/** What of a policy names groups and scopes. */
type PolicyNames = Pick<StackPolicy, "rows" | "groups" | "scopePrefix" | "poolAlias">;

/**
 * The resources with the scopes of the policy, at the resource servers and the app client that leave them out.
 *
 * @throws RangeError if several app clients do
 */
export function withPolicyScopes(
  resources: JsonObject,
  { rows, scopePrefix, poolAlias }: PolicyNames,
): JsonObject {
  const scopes = policyScopes(rows, scopePrefix, poolAlias || undefined);
  const withServers = { ...resources, ...serverResources(scopes, resources) };
  return { ...withServers, ...machineClientResources(scopes, withServers) };
}

/**
 * The resources with the groups of the policy that they do not have.
 *
 * @param pool the id of the user pool, as a value of the template
 * @throws RangeError if another resource has the logical name of a group
 */
export function withPolicyGroups(
  resources: JsonObject,
  { rows, groups, poolAlias }: PolicyNames,
  pool: unknown,
): JsonObject {
  const planned = planGroups(rows, groups, resources, poolAlias || undefined);
  return { ...resources, ...groupResources(planned, pool, resources) };
}
