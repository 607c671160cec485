import type { AddressPolicy, Policy } from "../policy/policy.ts";

/**
 * The policy of deployed functions: packaging replaces the import `#policy-source` with a module that has the same
 * exports and contains the compiled rows (the `policyPlugin` of claimgate's packaging). Local builds resolve it to a
 * module that reads the policy directory. So this module runs only in a bundle built without either.
 * @throws Error always
 */
export function currentPolicy(): Policy {
  throw new Error(NOT_PACKAGED);
}

/**
 * The same, for functions that only ask about e-mail addresses.
 * @throws Error always
 */
export function currentAddressPolicy(): AddressPolicy {
  throw new Error(NOT_PACKAGED);
}

const NOT_PACKAGED =
  "the bundle contains no policy: build it with claimgate's policy plugin, or with the condition `claimgate-local`";
