import {
  CognitoJwtInvalidClientIdError,
  CognitoJwtInvalidTokenUseError,
  FetchError,
  JwkInvalidKtyError,
  JwkInvalidUseError,
  JwksNotAvailableInCacheError,
  JwksValidationError,
  JwkValidationError,
  JwtExpiredError,
  JwtInvalidClaimError,
  JwtInvalidIssuerError,
  JwtInvalidSignatureAlgorithmError,
  JwtInvalidSignatureError,
  JwtNotBeforeError,
  JwtParseError,
  JwtWithoutValidKidError,
  KidNotFoundInJwksError,
  ParameterValidationError,
  WaitPeriodNotYetEndedJwkError,
} from "aws-jwt-verify/error";
import { ClaimgateError, type ErrorCode } from "../errors.ts";

interface Meaning {
  readonly when: abstract new (...args: never[]) => Error;
  readonly code: ErrorCode;
  readonly message: string;
}

/**
 * Every error family of aws-jwt-verify and our error for it. The first match applies, so narrower ones come first. Only
 * `instanceof` tells them apart: their `name` is "Error".
 */
const MEANINGS: readonly Meaning[] = [
  { when: JwtParseError, code: "token_malformed", message: "the token is not a JWT" },
  { when: JwtWithoutValidKidError, code: "token_signature_invalid", message: "the token has no key id" },
  {
    when: KidNotFoundInJwksError,
    code: "token_signature_invalid",
    message: "the pool does not publish the token's key",
  },
  {
    when: JwtInvalidSignatureAlgorithmError,
    code: "token_signature_invalid",
    message: "the token's algorithm does not fit its key",
  },
  { when: JwtInvalidSignatureError, code: "token_signature_invalid", message: "the signature is invalid" },
  { when: JwtInvalidIssuerError, code: "token_issuer_invalid", message: "the token is from another issuer" },
  // The only parameter that depends on the token is its issuer; the others are checked at construction.
  {
    when: ParameterValidationError,
    code: "token_issuer_invalid",
    message: "the token is from another issuer",
  },
  {
    when: CognitoJwtInvalidTokenUseError,
    code: "token_use_invalid",
    message: "the token is not an access token",
  },
  {
    when: CognitoJwtInvalidClientIdError,
    code: "token_client_invalid",
    message: "the token is for another app client",
  },
  { when: JwtExpiredError, code: "token_expired", message: "claim `exp` is in the past" },
  { when: JwtNotBeforeError, code: "token_not_yet_valid", message: "claim `nbf` is in the future" },
  { when: JwtInvalidClaimError, code: "token_claims_invalid", message: "a claim is invalid" },
  {
    when: WaitPeriodNotYetEndedJwkError,
    code: "keys_refresh_limited",
    message: "the token names an unknown key, and the keys were fetched a moment ago",
  },
  { when: FetchError, code: "keys_unavailable", message: "the keys of the pool cannot be fetched" },
  {
    when: JwksNotAvailableInCacheError,
    code: "keys_unavailable",
    message: "the keys of the pool are missing",
  },
  { when: JwksValidationError, code: "keys_unavailable", message: "the pool's key set is malformed" },
  { when: JwkValidationError, code: "keys_unavailable", message: "a key of the pool is malformed" },
  { when: JwkInvalidKtyError, code: "keys_unavailable", message: "a key of the pool has another type" },
  { when: JwkInvalidUseError, code: "keys_unavailable", message: "a key of the pool is not a signing key" },
];

/** Our error for an error of the verification. An unknown one is `unexpected`: not a bad token, and never an allow. */
export function verificationError(error: unknown): ClaimgateError {
  if (error instanceof ClaimgateError) return error;
  const meaning = MEANINGS.find(({ when }) => error instanceof when);
  return meaning === undefined
    ? new ClaimgateError("unexpected", "verification failed unexpectedly", { cause: error })
    : new ClaimgateError(meaning.code, meaning.message, { cause: error });
}

/**
 * The keys cannot be fetched, and the error of the failed fetch was already thrown: for another token, or by the fetch
 * at the start. Anyone can cause this with any token, so no alarm may count it.
 */
export class KnownOutageError extends ClaimgateError {
  constructor(outage: ClaimgateError) {
    super("keys_unavailable", `${outage.message}; the next fetch is not due yet`, { cause: outage.cause });
    this.name = "KnownOutageError";
  }
}

/**
 * {@link verificationError} with a memory: a failed fetch throws one `keys_unavailable`, then a {@link
 * KnownOutageError}. A cache of keys throws the same error until it fetches again.
 */
export function createErrorReading(): (error: unknown) => ClaimgateError {
  const thrown = new WeakSet<object>();
  return (error) => {
    const read = verificationError(error);
    if (read.code !== "keys_unavailable" || !(error instanceof Error)) return read;
    if (thrown.has(error)) return new KnownOutageError(read);
    thrown.add(error);
    return read;
  };
}
