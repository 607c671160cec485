import { CognitoJwtVerifier } from "aws-jwt-verify/cognito-verifier";
import { JwtInvalidIssuerError } from "aws-jwt-verify/error";
import { decomposeUnverifiedJwt } from "aws-jwt-verify/jwt";
import { ClaimgateError, ConfigurationError } from "../errors.ts";
import { acceptedKeySets } from "./accepted-key-sets.ts";
import { MAX_AUTHORIZATION_LENGTH } from "./bearer.ts";
import { parseAccessTokenClaims } from "./claims-schema.ts";
import { acceptedIssuers, type Issuer, keySetUrl, knownIssuers } from "./issuer.ts";
import { type JwksCache, publishedKeysCache } from "./signing-keys-cache.ts";
import { createErrorReading } from "./verification-error.ts";
import { proveKind, type VerifiedToken } from "./verified-token.ts";

/** Which tokens count. */
export interface TokenVerifierOptions {
  /** The pools whose tokens are accepted; at least one. */
  readonly issuers: readonly Issuer[];
  /** Where the keys come from; undefined fetches what the pool publishes over HTTPS. */
  readonly jwksCache?: JwksCache | undefined;
  /** Epoch seconds. */
  readonly now: () => number;
}

export interface TokenVerifier {
  /**
   * Fetches the keys of the first {@link MANY_POOLS} pools ahead of the first token. Never rejects: it resolves to the
   * first error where the keys of some pool could not be had. A verification fetches again as soon as the cache allows it.
   */
  hydrate(): Promise<ClaimgateError | undefined>;
  /**
   * What the token proves. It must be an access token of a pool and of one of its app clients, signed
   * RS256 with a published key, in time, with claims of the right shape.
   *
   * @throws ClaimgateError `token_*` where the token is at fault; `keys_unavailable` (a
   *   {@link KnownOutageError} where that failed fetch was thrown before), `keys_refresh_limited` or `unexpected`
   *   where it is not, and then it must not be answered as a bad token
   */
  verify(token: string): Promise<VerifiedToken>;
}

/**
 * From more pools than this on, each gets its verifier with the first token of it, and keys are fetched ahead of the first
 * token for so many pools only: a cold start must not pay for pools that nobody asks about.
 */
const MANY_POOLS = 8;

/** @throws ConfigurationError for an empty list, an id named twice, a malformed pool id or a missing alias */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const issuers = knownIssuers(options.issuers);
  const jwksCache = options.jwksCache ?? publishedKeysCache();
  const keySets = acceptedKeySets(jwksCache, new Set([...issuers.keys()].map(keySetUrl)));
  const verifier =
    options.issuers.length > MANY_POOLS
      ? createLazyVerifier(options.issuers, keySets)
      : createLibraryVerifier(options.issuers, keySets);
  const readError = createErrorReading();
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
      const claims = await verifier.verify(token).then(
        (payload) => ({ ...payload }) as Readonly<Record<string, unknown>>,
        (error: unknown) => {
          throw readError(error);
        },
      );
      const parsed = parseAccessTokenClaims(claims, options.now());
      const issuer = issuers.get(String(claims["iss"]));
      if (issuer === undefined) {
        throw new ClaimgateError("token_issuer_invalid", "claim `iss` is not an issuer of ours");
      }
      const client = issuer.clientNames.get(parsed.clientId);
      if (client === undefined) {
        throw new ClaimgateError("token_client_invalid", "claim `client_id` is not an app client of ours");
      }
      return proveKind(parsed, { ...issuer, client }, claims);
    },
  };
}

/**
 * Fetches the keys of one pool, under the first of its issuer forms that has them. The library's own `hydrate` is
 * content where one of all pools answers, and fetches forms that are not configured.
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

/** The part of aws-jwt-verify's verifier that is used: its full type follows the options through generics. */
interface LibraryVerifier {
  verify(token: string): Promise<object>;
}

/**
 * A verifier for each pool, made with the first token that names it. A token that names none of them is refused as the
 * library refuses it, without a key.
 */
function createLazyVerifier(issuers: readonly Issuer[], jwksCache: JwksCache): LibraryVerifier {
  const pools = new Map(
    issuers.flatMap((issuer) => acceptedIssuers(issuer).map((iss) => [iss, issuer] as const)),
  );
  const verifiers = new Map<Issuer, LibraryVerifier>();
  return {
    async verify(token) {
      const { iss } = decomposeUnverifiedJwt(token).payload;
      const issuer = iss === undefined ? undefined : pools.get(iss);
      if (issuer === undefined)
        throw new JwtInvalidIssuerError("the issuer is not one of the configured pools", iss);
      let verifier = verifiers.get(issuer);
      if (verifier === undefined) {
        verifier = createLibraryVerifier([issuer], jwksCache);
        verifiers.set(issuer, verifier);
      }
      return verifier.verify(token);
    },
  };
}

function createLibraryVerifier(issuers: readonly Issuer[], jwksCache: JwksCache): LibraryVerifier {
  try {
    return CognitoJwtVerifier.create(
      issuers.map(({ userPoolId, appClients }) => ({
        userPoolId,
        tokenUse: "access" as const,
        clientId: [...appClients.values()],
        customJwtCheck: ({ header }: { readonly header: object }) => {
          checkHeader({ ...header });
        },
      })),
      { jwksCache },
    );
  } catch (cause) {
    const ids = issuers.map(({ userPoolId }) => `\`${userPoolId}\``).join(", ");
    throw new ConfigurationError(`${ids} is not the id of a user pool`, { cause });
  }
}

/**
 * Cognito signs RS256 and nothing else, while aws-jwt-verify accepts whatever suits the key. RFC 7515
 * section 4.1.11 wants a token refused that marks an extension critical which the reader does not know.
 */
function checkHeader(header: Readonly<Record<string, unknown>>): void {
  if (header["alg"] !== "RS256") {
    throw new ClaimgateError("token_signature_invalid", "the token is not signed with RS256");
  }
  if (Object.hasOwn(header, "crit")) {
    throw new ClaimgateError("token_malformed", "the token marks a header field critical");
  }
}
