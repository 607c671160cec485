import { ConfigurationError } from "../errors.ts";
import type { CompiledAddresses } from "../policy/compiled-addresses.ts";
import type { IndexedPolicy } from "../policy/indexed-policy.ts";

// What packaging puts into a bundle: a module with the same exports replaces this one, the private import
// `#compiled-policy` (src/tools/packaging/policy-plugin.ts). So these functions run only in a bundle without a policy.

/** The compiled policy with its index. @throws ConfigurationError always */
export function storedPolicy(): IndexedPolicy {
  throw new ConfigurationError(NOT_PACKAGED);
}

/** Only its `p2` and `g3` rows. @throws ConfigurationError always */
export function storedAddresses(): CompiledAddresses {
  throw new ConfigurationError(NOT_PACKAGED);
}

/** The candidate of a shadow; undefined: none. */
export function storedShadow(): IndexedPolicy | undefined {
  return undefined;
}

const NOT_PACKAGED =
  "the bundle contains no policy: build it with the plugin of `claimgate/esbuild` or `claimgate/serverless`, or pass `policy`";
