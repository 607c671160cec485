import { storedAddresses, storedPolicy, storedShadow } from "#compiled-policy";
import { assembleAddresses, assembleIndexed } from "../policy/assemble.ts";
import type { AddressPolicy, Policy } from "../policy/policy.ts";

let policy: Policy | undefined;
let addressPolicy: AddressPolicy | undefined;

/**
 * The policy that packaging compiled into the bundle. Local builds of this repository resolve `#policy-source` to a
 * module that reads the policy directory instead.
 *
 * @throws ConfigurationError if the bundle contains no policy
 * @example
 * import { currentPolicy } from "claimgate/lambda";
 * import { createPermissionGuard } from "claimgate/middleware";
 *
 * export const { requirePermission } = createPermissionGuard({ policy: currentPolicy });
 */
export function currentPolicy(): Policy {
  policy ??= assembleIndexed(storedPolicy());
  return policy;
}

/**
 * The candidate that packaging put next to the policy, for a shadow; undefined if there is none.
 *
 * @throws an error if it cannot be read
 */
export function currentShadowPolicy(): Policy | undefined {
  const stored = storedShadow();
  return stored === undefined ? undefined : assembleIndexed(stored);
}

/**
 * {@link currentPolicy} for functions that only ask about e-mail addresses; a bundler leaves out the rest of the
 * policy.
 * @throws ConfigurationError if the bundle contains no policy
 */
export function currentAddressPolicy(): AddressPolicy {
  addressPolicy ??= assembleAddresses(storedAddresses());
  return addressPolicy;
}
