import { type JsonObject, objectOf } from "../../../json.ts";
import type { Row } from "../../../policy/row.ts";
import type { GroupSettings } from "../../lint/groups-file.ts";
import { planGroups } from "./planned-group.ts";
import { groupResources, poolOf } from "./policy-groups.ts";
import { policyScopes } from "./policy-scopes.ts";
import { mappingResources } from "./role-mapping.ts";
import { machineClientResources, serverResources } from "./scopes.ts";

/** What the stack is generated from. */
export interface StackPolicy {
  /** The rows that parse. */
  readonly rows: readonly Row[];
  /** What `groups.yaml` says. */
  readonly groups: readonly GroupSettings[];
  /** Whether the policy's groups are made by the stack. */
  readonly createsGroups: boolean;
  /** What pre-token-generation puts before a permission to make a scope of it; empty: it makes none. */
  readonly scopePrefix: string;
  /** What subjects of the pool begin with; empty where there is one pool. */
  readonly poolAlias: string;
}

/**
 * The resources with what follows from the policy: groups with their IAM roles, scopes, role mappings. Only
 * what the resources leave out; what is written there stays.
 *
 * @throws RangeError where the resources contradict it
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
  // A part that stands in two places, `sls print` would print as a reference.
  return objectOf(JSON.parse(JSON.stringify(all)));
}
