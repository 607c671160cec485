import { ConfigurationError } from "../errors.ts";
import { type Environment, optional } from "./environment.ts";

/** Former name -> what to set instead. */
const RENAMED: Readonly<Record<string, string>> = {
  CLAIMGATE_SUBJECT_PREFIX: "`CLAIMGATE_POOL_ALIAS`",
  CLAIMGATE_REST_ANSWER: "`CLAIMGATE_WHOLE_API_ANSWER`, `true` for `api`",
  CLAIMGATE_WEBSOCKET_TOKEN: "`CLAIMGATE_TOKEN_PLACE`",
};

/**
 * Refuses variables under the names of former versions, which would be ignored: without its alias, a pool's groups
 * would match other rows. Called once, when a function starts.
 *
 * @throws ConfigurationError with the new name
 */
export function refuseRenamedVariables(env: Environment): void {
  for (const [former, instead] of Object.entries(RENAMED)) {
    if (optional(env, former) === undefined) continue;
    throw new ConfigurationError(`environment variable \`${former}\` was renamed: set ${instead} instead`);
  }
}
