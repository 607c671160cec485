import { JwksNotAvailableInCacheError, KidNotFoundInJwksError } from "aws-jwt-verify/error";
import { ClaimgateError } from "../errors.ts";
import { acceptedKeySets } from "./accepted-key-sets.ts";
import { type Audience, checkAudience, createAudience } from "./audience.ts";
import { MAX_AUTHORIZATION_LENGTH } from "./bearer.ts";
import { parseAccessTokenClaims } from "./claims-schema.ts";
import { acceptedIssuers, type Issuer, keySetUrl, knownIssuers } from "./issuer.ts";
import { createLibraryVerifier, type LibraryVerifier, MANY_POOLS } from "./library-verifier.ts";
import { type JwksCache, publishedKeysCache } from "./signing-keys-cache.ts";
import { createErrorReading } from "./verification-error.ts";
import { proveKind, type VerifiedToken } from "./verified-token.ts";

/** The options of a verification. */
export interface TokenVerifierOptions {
  /** The pools whose tokens are accepted; at least one. */
  readonly issuers: readonly Issuer[];
  /** The source of the keys; undefined means the keys that the pool publishes over HTTPS. */
  readonly jwksCache?: JwksCache | undefined;
  /** The names of this API; undefined accepts tokens for any API. */
  readonly audience?: Audience | undefined;
  /** Epoch seconds. */
  readonly now: () => number;
}

/** Verifies access tokens of the configured pools. */
export interface TokenVerifier {
  /**
   * Fetches the keys of the first {@link MANY_POOLS} pools before the first token. Never rejects: it resolves to the
   * first error if a fetch fails. A verification fetches again as soon as the cache allows it.
   */
  hydrate(): Promise<ClaimgateError | undefined>;
  /**
   * The identity that the token proves. It must be an access token of a pool and of one of its app clients, signed with
   * RS256 and a published key, neither expired nor early, with claims of the right shape.
   *
   * @throws ClaimgateError `token_*` if the token is at fault; `keys_unavailable` (a {@link KnownOutageError} if that
   * failed fetch was already thrown), `keys_refresh_limited` or `unexpected` otherwise, which must not be answered like
   * a bad token
   */
  verify(token: string): Promise<VerifiedToken>;
}

/**
 * A verifier of the access tokens of the configured pools.
 *
 * @throws ConfigurationError for an empty list, an id named twice, a malformed pool id, a missing alias or an audience
 *   without a name
 *
 * @example
 * import { createTokenVerifier } from "claimgate/authorizers";
 *
 * const verifier = createTokenVerifier({
 *   issuers: [{ userPoolId: "eu-west-1_AbCdEfGhI", appClients: new Map([["web", "1h57kf5cpq17m0eml12EXAMPLE"]]) }],
 *   now: () => Date.now() / 1000,
 * });
 * const { kind, sub } = await verifier.verify(token);
 * console.log(kind, sub);
 */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const issuers = knownIssuers(options.issuers);
  const audience = options.audience === undefined ? undefined : createAudience(options.audience);
  const jwksCache = options.jwksCache ?? publishedKeysCache();
  const keySets = acceptedKeySets(jwksCache, new Set([...issuers.keys()].map(keySetUrl)));
  const verifier = createLibraryVerifier(options.issuers, keySets);
  const readError = createErrorReading();
  // The key of the first token is still being fetched: trying without it costs a cold start.
  let isFirst = true;
  return {
    hydrate: async () => {
      const first = options.issuers.slice(0, MANY_POOLS);
      const pools = await Promise.all(first.map((issuer) => fetchKeys(jwksCache, issuer)));
      const failed = pools.find((pool) => pool !== undefined);
      return failed === undefined ? undefined : readError(failed.reason);
    },
    verify: async (token) => {
      if (token.length > MAX_AUTHORIZATION_LENGTH) {
        throw new ClaimgateError(
          "token_too_large",
          `the token is longer than ${MAX_AUTHORIZATION_LENGTH} characters`,
        );
      }
      let claims: Readonly<Record<string, unknown>>;
      try {
        const payload = isFirst ? undefined : payloadAtOnce(verifier, token);
        isFirst = false;
        claims = (payload ?? (await verifier.verify(token))) as Readonly<Record<string, unknown>>;
      } catch (error) {
        throw readError(error);
      }
      const parsed = parseAccessTokenClaims(claims, options.now());
      const issuer = issuers.get(String(claims["iss"]));
      if (issuer === undefined) {
        throw new ClaimgateError("token_issuer_invalid", "claim `iss` is not a configured issuer");
      }
      const client = issuer.clientNames.get(parsed.clientId);
      if (client === undefined) {
        throw new ClaimgateError("token_client_invalid", "claim `client_id` is not a configured app client");
      }
      checkAudience(parsed, audience);
      return proveKind(parsed, { ...issuer, client }, claims);
    },
  };
}

/**
 * The payload of a token whose key is at hand: nothing is awaited, which costs less on every request. Undefined if the
 * key must be fetched; no signature was checked then.
 */
function payloadAtOnce(verifier: LibraryVerifier, token: string): object | undefined {
  try {
    return verifier.verifySync(token);
  } catch (error) {
    if (error instanceof JwksNotAvailableInCacheError || error instanceof KidNotFoundInJwksError)
      return undefined;
    throw error;
  }
}

/**
 * Fetches the keys of one pool, under the first of its issuer forms that has them. The library's own `hydrate` succeeds
 * if any pool answers, and fetches forms that are not configured.
 */
async function fetchKeys(
  jwksCache: JwksCache,
  issuer: Issuer,
): Promise<{ readonly reason: unknown } | undefined> {
  let failed: { readonly reason: unknown } | undefined;
  for (const iss of acceptedIssuers(issuer)) {
    try {
      await jwksCache.getJwks(keySetUrl(iss));
      return undefined;
    } catch (reason) {
      failed ??= { reason };
    }
  }
  return failed;
}
