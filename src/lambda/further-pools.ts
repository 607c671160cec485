import { type Environment, json } from "./environment.ts";

/** Further user pools as JSON; packaging moves the value from the environment into the functions. */
export const FURTHER_POOLS = "CLAIMGATE_ADDITIONAL_ISSUERS";

/**
 * The list of further user pools. Local builds read the environment; packaged functions contain the list
 * (src/tools/packaging/further-pools-plugin.ts replaces this module), since Lambda's environment has room for only
 * about thirty.
 * @throws ConfigurationError if it is not JSON
 */
export function furtherPools(env: Environment): unknown {
  return json(env, FURTHER_POOLS);
}
