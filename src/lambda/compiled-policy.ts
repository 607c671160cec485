import { ConfigurationError } from "../errors.ts";

// What packaging puts into a bundle: a module with the same exports replaces this one, the private import
// `#compiled-policy` (src/tools/packaging/policy-plugin.ts). So these functions run only in a bundle without a policy.

/** The compiled policy as JSON. @throws ConfigurationError always */
export function policyText(): string {
  throw new ConfigurationError(NOT_PACKAGED);
}

/** Only its `p2` and `g3` rows. @throws ConfigurationError always */
export function addressesText(): string {
  throw new ConfigurationError(NOT_PACKAGED);
}

/** The candidate of a shadow as JSON; undefined: none. */
export function shadowText(): string | undefined {
  return undefined;
}

const NOT_PACKAGED =
  "the bundle contains no policy: build it with the plugin of `claimgate/esbuild` or `claimgate/serverless`, or pass `policy`";
