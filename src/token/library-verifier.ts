import { CognitoJwtVerifier, validateCognitoJwtFields } from "aws-jwt-verify/cognito-verifier";
import { JwtInvalidIssuerError } from "aws-jwt-verify/error";
import { decomposeUnverifiedJwt } from "aws-jwt-verify/jwt";
import type { JwtPayload } from "aws-jwt-verify/jwt-model";
import { JwtVerifier } from "aws-jwt-verify/jwt-verifier";
import { ClaimgateError, ConfigurationError } from "../errors.ts";
import { own } from "../own-property.ts";
import { acceptedIssuers, type Issuer, replicaIssuers } from "./issuer.ts";
import type { JwksCache } from "./signing-keys-cache.ts";

/**
 * With more pools than this, each gets its verifier with its first token, and keys are fetched in advance only for this
 * many: a cold start must not pay for unused pools.
 */
export const MANY_POOLS = 8;

/** The used part of aws-jwt-verify's verifier, whose full type follows the options through generics. */
export interface LibraryVerifier {
  /** Fetches the keys if it must. */
  verify(token: string): Promise<object>;
  /** The same with the keys at hand. @throws the library's error that the key is not one of them */
  verifySync(token: string): object;
}

/**
 * A verifier of the signature, issuer, times, use and app client of the pools' access tokens.
 * @throws ConfigurationError for what is not the id of a user pool
 */
export function createLibraryVerifier(issuers: readonly Issuer[], jwksCache: JwksCache): LibraryVerifier {
  if (issuers.length > MANY_POOLS) return createLazyVerifier(issuers, jwksCache);
  const primary = createPrimaryVerifier(issuers, jwksCache);
  const replicas = createReplicaVerifier(issuers, jwksCache);
  if (replicas === undefined) return primary;
  const { regions, verifier } = replicas;
  return choosing((iss) => (iss !== undefined && regions.has(iss) ? verifier : primary));
}

/** A verifier that takes the one for the issuer that the token names. */
function choosing(verifierOf: (iss: string | undefined) => LibraryVerifier): LibraryVerifier {
  const chosen = (token: string) => verifierOf(decomposeUnverifiedJwt(token).payload.iss);
  return {
    verify: async (token) => chosen(token).verify(token),
    verifySync: (token) => chosen(token).verifySync(token),
  };
}

/**
 * A verifier for each pool, built with the first token that names it. A token of another pool is refused as the library
 * does, without a key.
 */
function createLazyVerifier(issuers: readonly Issuer[], jwksCache: JwksCache): LibraryVerifier {
  const pools = new Map(
    issuers.flatMap((issuer) => acceptedIssuers(issuer).map((iss) => [iss, issuer] as const)),
  );
  const verifiers = new Map<Issuer, LibraryVerifier>();
  return choosing((iss) => {
    const issuer = iss === undefined ? undefined : pools.get(iss);
    if (issuer === undefined)
      throw new JwtInvalidIssuerError("the issuer is not one of the configured pools", iss);
    let verifier = verifiers.get(issuer);
    if (verifier === undefined) {
      verifier = createLibraryVerifier([issuer], jwksCache);
      verifiers.set(issuer, verifier);
    }
    return verifier;
  });
}

function createPrimaryVerifier(issuers: readonly Issuer[], jwksCache: JwksCache): LibraryVerifier {
  try {
    return CognitoJwtVerifier.create(
      issuers.map(({ userPoolId, appClients }) => ({
        userPoolId,
        tokenUse: "access" as const,
        clientId: [...appClients.values()],
        customJwtCheck: ({ header }: { readonly header: object }) => {
          checkHeader(header);
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
 * The library's verifier for pools derives the issuer from the pool id, so tokens of replicas take its general one and
 * the same checks of claims. Like the one for pools, it compares no audience: `client_id` says for whom a token is.
 */
function createReplicaVerifier(issuers: readonly Issuer[], jwksCache: JwksCache) {
  const replicas = issuers.flatMap((issuer) => {
    const clientId = [...issuer.appClients.values()];
    return replicaIssuers(issuer).map((iss) => ({
      issuer: iss,
      audience: null,
      customJwtCheck: ({ header, payload }: { readonly header: object; readonly payload: JwtPayload }) => {
        checkHeader(header);
        validateCognitoJwtFields(payload, { tokenUse: "access", clientId });
      },
    }));
  });
  if (replicas.length === 0) return undefined;
  const regions: ReadonlySet<string> = new Set(replicas.map(({ issuer }) => issuer));
  const verifier: LibraryVerifier = JwtVerifier.create(replicas, { jwksCache });
  return { regions, verifier };
}

/**
 * Cognito signs only with RS256, but aws-jwt-verify accepts any algorithm that fits the key. RFC 7515 section 4.1.11
 * requires refusing a token that marks an unknown extension as critical.
 */
function checkHeader(header: object): void {
  if (own(header as Readonly<Record<string, unknown>>, "alg") !== "RS256") {
    throw new ClaimgateError("token_signature_invalid", "the token is not signed with RS256");
  }
  if (Object.hasOwn(header, "crit")) {
    throw new ClaimgateError("token_malformed", "the token marks a header field as critical");
  }
}
