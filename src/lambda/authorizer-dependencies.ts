import { furtherPools } from "#further-pools";
import { currentPolicy, currentShadowPolicy } from "#policy-source";
import { localVariables, signingKeys } from "#signing-keys";
import type { AuthorizerDependencies } from "../authorizers/run-authorizer.ts";
import { monotonicMilliseconds } from "../monotonic-clock.ts";
import { warmUp } from "../policy/decide.ts";
import type { Policy } from "../policy/policy.ts";
import { ageInDays, giveKeys, OLD_AFTER_DAYS } from "../token/given-keys.ts";
import { acceptedIssuers, type Issuer } from "../token/issuer.ts";
import { type JwksCache, publishedKeysCache } from "../token/signing-keys-cache.ts";
import { createTokenMemo } from "../token/token-memo.ts";
import { KnownOutageError } from "../token/verification-error.ts";
import { createTokenVerifier } from "../token/verify.ts";
import { authorizerOptions } from "./authorizer-options.ts";
import { createDecisionLog } from "./decision-log.ts";
import type { Environment } from "./environment.ts";
import { namingVariable, readGivenKeys } from "./given-keys.ts";
import { readIssuers } from "./issuers.ts";
import { refuseUnknownVariables } from "./known-variables.ts";
import { errorFields, log } from "./log.ts";
import { withRevocation } from "./revocation-configuration.ts";
import { createShadow } from "./shadow.ts";

/**
 * The dependencies of the authorizers, from the environment of a function:
 *
 * - CLAIMGATE_USER_POOL_ID, CLAIMGATE_APP_CLIENTS, CLAIMGATE_POOL_ALIAS, CLAIMGATE_ISSUER_FORMS,
 *   CLAIMGATE_ADDITIONAL_REGIONS, CLAIMGATE_ADDITIONAL_ISSUERS: the accepted issuers ({@link readIssuers})
 * - CLAIMGATE_KEY_SETS: keys to start with ({@link readGivenKeys})
 * - CLAIMGATE_REVOCATION_TABLE, CLAIMGATE_REVOCATION_ON_FAILURE: the revocation list ({@link withRevocation})
 * - CLAIMGATE_TOKEN_MEMO, CLAIMGATE_API_DOMAINS, CLAIMGATE_AUDIENCE, CLAIMGATE_AUDIENCE_REQUIRED,
 *   CLAIMGATE_REPORT_ONLY, CLAIMGATE_LOG_INPUTS: {@link authorizerOptions}
 *
 * Starts fetching the keys of the pools. A failure is logged, and a verification fetches again a second later.
 * @param policy by default the one of this bundle
 * @param shadowPolicy a candidate that also decides, without effect; by default the one of this bundle, if it has one
 * @throws ConfigurationError naming the variable, or that there is no policy: the function does not start
 *
 * @example
 * import { createHttpAuthorizer } from "claimgate/authorizers";
 * import { authorizerDependencies } from "claimgate/lambda";
 *
 * const dependencies = authorizerDependencies(process.env);
 * export const handler = createHttpAuthorizer({ ...dependencies, record: (record) => console.log(record.kind) });
 */
export function authorizerDependencies(
  env: Environment,
  policy: () => Policy = currentPolicy,
  shadowPolicy: () => Policy | undefined = currentShadowPolicy,
): AuthorizerDependencies {
  refuseUnknownVariables(env, localVariables);
  const keys = signingKeys() ?? publishedKeysCache();
  const now = () => Date.now() / 1000;
  const issuers = readIssuers(env, furtherPools(env));
  const given = useGivenKeys(env, keys, issuers, now());
  const { tokenMemo: entries, reportOnly, customDomains, inputs, audience } = authorizerOptions(env);
  const verifier = createTokenVerifier({
    issuers,
    jwksCache: keys,
    audience,
    now,
  });
  const verify = (token: string) => verifier.verify(token);
  const remembered = entries === 0 ? verify : createTokenMemo({ verify, keys, entries, now });
  const record = createDecisionLog(log, inputs);
  const checked = withRevocation(env, remembered);
  // Before the policy is read: the network takes its time meanwhile.
  void verifier.hydrate().then((error) => {
    if (error === undefined) return;
    // Where every pool has given keys, no request needs the fetch. One that waited for the same fetch has logged it.
    const isKnown = given || error instanceof KnownOutageError;
    log(isKnown ? "warn" : "error", "keys-not-prefetched", errorFields(error));
  });
  warmUp(policy());
  const shadow = createShadow(log, policy().version, shadowPolicy);
  if (reportOnly) log("warn", "report-only", { reportOnly, code: "report_only", error: REPORT_ONLY });
  return {
    verify: checked,
    policy,
    record,
    clock: monotonicMilliseconds,
    now,
    customDomains,
    reportOnly,
    shadow,
  };
}

/**
 * Lets the cache start with the keys of CLAIMGATE_KEY_SETS. Says if they are old, in a line that the alarm
 * `keys-unavailable` counts.
 * @param now epoch seconds
 * @returns whether every pool has keys now
 */
function useGivenKeys(env: Environment, cache: JwksCache, issuers: readonly Issuer[], now: number): boolean {
  const given = readGivenKeys(env);
  if (given === undefined) return false;
  namingVariable(() => giveKeys(cache, given, new Set(issuers.flatMap(acceptedIssuers))));
  const days = ageInDays(given, now);
  if (days >= OLD_AFTER_DAYS) log("error", "keys-old", { days, code: "keys_unavailable", error: KEYS_OLD });
  return issuers.every((issuer) => acceptedIssuers(issuer).some((iss) => given.keySets.has(iss)));
}

const KEYS_OLD = "the keys in `CLAIMGATE_KEY_SETS` are old; run `claimgate keys` and deploy";

const REPORT_ONLY =
  "requests that the policy denies are let through because `CLAIMGATE_REPORT_ONLY` is `true`";
