import { currentPolicy } from "#policy-source";
import { signingKeys } from "#signing-keys";
import type { AuthorizerDependencies } from "../authorizers/attend.ts";
import { warmUp } from "../policy/decide.ts";
import { createTokenVerifier } from "../token/verify.ts";
import { createDecisionLog, readInputLogging } from "./decision-log.ts";
import { asText, type Environment, flag, jsonMap, required } from "./environment.ts";
import { errorFields, log } from "./log.ts";

/**
 * What the authorizers need, from the environment of a function:
 *
 * - CLAIMGATE_USER_POOL_ID: the pool whose tokens count
 * - CLAIMGATE_APP_CLIENTS: JSON, logical name -> id of the app clients whose tokens count
 * - CLAIMGATE_LOG_INPUTS: `plain` (default) or `hashed`
 * - CLAIMGATE_REPORT_ONLY: `true` lets through what would be denied, and logs it; `false` (default)
 *
 * Starts fetching the keys of the pool; a failure there is logged, and the first verification fetches again.
 * @throws ConfigurationError naming the variable, or PolicyError: the function does not start
 */
export function authorizerDependencies(env: Environment): AuthorizerDependencies {
  const verifier = createTokenVerifier({
    userPoolId: required(env, "CLAIMGATE_USER_POOL_ID"),
    appClients: jsonMap(env, "CLAIMGATE_APP_CLIENTS", asText, "a JSON object of app client ids by name"),
    jwksCache: signingKeys(),
    now: () => Date.now() / 1000,
  });
  const reportOnly = flag(env, "CLAIMGATE_REPORT_ONLY", false);
  if (reportOnly)
    log("warn", "report-only", { note: "nothing is enforced: denied requests are let through" });
  const record = createDecisionLog(log, readInputLogging(env));
  warmUp(currentPolicy());
  void verifier.hydrate().then((error) => {
    if (error !== undefined) log("warn", "keys-not-prefetched", errorFields(error));
  });
  return {
    verify: (token) => verifier.verify(token),
    policy: currentPolicy,
    record,
    reportOnly,
    clock: () => performance.now(),
  };
}
