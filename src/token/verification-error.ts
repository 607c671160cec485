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
 * Every error family of aws-jwt-verify and what it means to us; the first that fits holds, so narrower ones
 * come first. Only `instanceof` tells them apart: their `name` is "Error".
 */
const MEANINGS: readonly Meaning[] = [
  { when: JwtParseError, code: "token_malformed", message: "the token is not a JWT" },
  { when: JwtWithoutValidKidError, code: "token_signature_invalid", message: "the token names no key" },
  {
    when: KidNotFoundInJwksError,
    code: "token_signature_invalid",
    message: "the token names a key that the pool does not publish",
  },
  {
    when: JwtInvalidSignatureAlgorithmError,
    code: "token_signature_invalid",
    message: "the token is not signed as its key demands",
  },
  { when: JwtInvalidSignatureError, code: "token_signature_invalid", message: "the signature is wrong" },
  { when: JwtInvalidIssuerError, code: "token_issuer_invalid", message: "the token is of another issuer" },
  // The only parameter that depends on the token is its issuer; the rest is checked at construction.
  { when: ParameterValidationError, code: "token_issuer_invalid", message: "the token is of another issuer" },
  { when: CognitoJwtInvalidTokenUseError, code: "token_use_invalid", message: "not an access token" },
  { when: CognitoJwtInvalidClientIdError, code: "token_client_invalid", message: "of another app client" },
  { when: JwtExpiredError, code: "token_expired", message: "claim `exp` is in the past" },
  { when: JwtNotBeforeError, code: "token_not_yet_valid", message: "claim `nbf` is in the future" },
  { when: JwtInvalidClaimError, code: "token_claims_invalid", message: "a claim is not as expected" },
  {
    when: WaitPeriodNotYetEndedJwkError,
    code: "keys_refresh_limited",
    message: "the token names an unknown key, and the keys were fetched a moment ago",
  },
  { when: FetchError, code: "keys_unavailable", message: "the keys of the pool cannot be fetched" },
  {
    when: JwksNotAvailableInCacheError,
    code: "keys_unavailable",
    message: "the keys of the pool are not there",
  },
  { when: JwksValidationError, code: "keys_unavailable", message: "the pool's key set is malformed" },
  { when: JwkValidationError, code: "keys_unavailable", message: "a key of the pool is malformed" },
  { when: JwkInvalidKtyError, code: "keys_unavailable", message: "a key of the pool is of another kind" },
  { when: JwkInvalidUseError, code: "keys_unavailable", message: "a key of the pool is not for signing" },
];

/**
 * Our error for what verification threw. What nobody foresaw is `unexpected`: not a bad token, and nothing
 * that allows.
 */
export function verificationError(error: unknown): ClaimgateError {
  if (error instanceof ClaimgateError) return error;
  const meaning = MEANINGS.find(({ when }) => error instanceof when);
  return meaning === undefined
    ? new ClaimgateError("unexpected", "verification failed unexpectedly", { cause: error })
    : new ClaimgateError(meaning.code, meaning.message, { cause: error });
}

/**
 * The keys cannot be fetched, and the failed fetch that says so was thrown before: by another token, or by the
 * fetch ahead. Anybody can cause one of these with any token, so no alarm may count it.
 */
export class KnownOutageError extends ClaimgateError {
  constructor(outage: ClaimgateError) {
    super("keys_unavailable", `${outage.message}; the next fetch is not due yet`, { cause: outage.cause });
  }
}

/**
 * {@link verificationError} with a memory: of one failed fetch, one `keys_unavailable` is thrown, and after it a
 * {@link KnownOutageError}. A cache of keys throws the same error as long as it does not fetch again.
 */
export function createErrorReading(): (error: unknown) => ClaimgateError {
  const thrown = new WeakSet<object>();
  return (error) => {
    const read = verificationError(error);
    if (read.code !== "keys_unavailable" || typeof error !== "object" || error === null) return read;
    if (thrown.has(error)) return new KnownOutageError(read);
    thrown.add(error);
    return read;
  };
}
