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
  const poolAlias = policy.poolAlias || undefined;
  const scopes = policyScopes(policy.rows, policy.scopePrefix, poolAlias);
  const withServers = { ...resources, ...serverResources(scopes, resources) };
  const withClients = { ...withServers, ...machineClientResources(scopes, withServers) };
  const pool = poolOf(withClients);
  const groups =
    pool === undefined || !policy.createsGroups
      ? []
      : planGroups(policy.rows, policy.groups, withClients, poolAlias);
  const withGroups =
    pool === undefined ? withClients : { ...withClients, ...groupResources(groups, pool, withClients) };
  const all = { ...withGroups, ...mappingResources(withGroups) };
  // Copied, since `sls print` would print an object that appears twice as a reference.
  return objectOf(JSON.parse(JSON.stringify(all)));
}
