import * as library from "aws-jwt-verify/error";
import { ClaimgateError } from "../../../src/errors.ts";
import { isTokenFault } from "../../../src/token/token-fault.ts";
import { verificationError } from "../../../src/token/verification-error.ts";

const fault = (code: string) => ({ code, isFault: true });
const outage = (code: string) => ({ code, isFault: false });

const EXPECTED: Readonly<Record<string, readonly [Error, { code: string; isFault: boolean }]>> = {
  JwtParseError: [new library.JwtParseError("x"), fault("token_malformed")],
  ParameterValidationError: [new library.ParameterValidationError("x"), fault("token_issuer_invalid")],
  JwtInvalidSignatureError: [new library.JwtInvalidSignatureError("x"), fault("token_signature_invalid")],
  JwtInvalidSignatureAlgorithmError: [
    new library.JwtInvalidSignatureAlgorithmError("x", "none"),
    fault("token_signature_invalid"),
  ],
  JwtInvalidIssuerError: [new library.JwtInvalidIssuerError("x", "y"), fault("token_issuer_invalid")],
  JwtInvalidAudienceError: [new library.JwtInvalidAudienceError("x", "y"), fault("token_claims_invalid")],
  JwtInvalidScopeError: [new library.JwtInvalidScopeError("x", "y"), fault("token_claims_invalid")],
  JwtExpiredError: [new library.JwtExpiredError("x", 1), fault("token_expired")],
  JwtNotBeforeError: [new library.JwtNotBeforeError("x", 1), fault("token_not_yet_valid")],
  CognitoJwtInvalidGroupError: [
    new library.CognitoJwtInvalidGroupError("x", "y"),
    fault("token_claims_invalid"),
  ],
  CognitoJwtInvalidTokenUseError: [
    new library.CognitoJwtInvalidTokenUseError("x", "id"),
    fault("token_use_invalid"),
  ],
  CognitoJwtInvalidClientIdError: [
    new library.CognitoJwtInvalidClientIdError("x", "y"),
    fault("token_client_invalid"),
  ],
  AlbJwtInvalidSignerError: [new library.AlbJwtInvalidSignerError("x", "y"), fault("token_claims_invalid")],
  AlbJwtInvalidClientIdError: [
    new library.AlbJwtInvalidClientIdError("x", "y"),
    fault("token_claims_invalid"),
  ],
  AlbJwksNotExposedError: [new library.AlbJwksNotExposedError("x"), outage("unexpected")],
  JwksValidationError: [new library.JwksValidationError("x"), outage("keys_unavailable")],
  JwkValidationError: [new library.JwkValidationError("x"), outage("keys_unavailable")],
  JwtWithoutValidKidError: [new library.JwtWithoutValidKidError("x"), fault("token_signature_invalid")],
  KidNotFoundInJwksError: [new library.KidNotFoundInJwksError("x"), fault("token_signature_invalid")],
  WaitPeriodNotYetEndedJwkError: [
    new library.WaitPeriodNotYetEndedJwkError("x"),
    outage("keys_refresh_limited"),
  ],
  JwksNotAvailableInCacheError: [new library.JwksNotAvailableInCacheError("x"), outage("keys_unavailable")],
  JwkInvalidUseError: [new library.JwkInvalidUseError("x", "enc"), outage("keys_unavailable")],
  JwkInvalidKtyError: [new library.JwkInvalidKtyError("x", "oct"), outage("keys_unavailable")],
  FetchError: [new library.FetchError("https://x", "y"), outage("keys_unavailable")],
  NonRetryableFetchError: [new library.NonRetryableFetchError("https://x", "y"), outage("keys_unavailable")],
  NotSupportedError: [new library.NotSupportedError("x"), outage("unexpected")],
};

/** Bases that the library itself never throws. */
const ABSTRACT = ["JwtBaseError", "FailedAssertionError", "JwtInvalidClaimError"];

describe("errors of aws-jwt-verify", () => {
  test.each(Object.entries(EXPECTED))("%s", (_name, [error, { code, isFault }]) => {
    const ours = verificationError(error);

    expect(ours).toBeInstanceOf(ClaimgateError);
    expect(ours.code).toBe(code);
    expect(ours.cause).toBe(error);
    expect(isTokenFault(ours)).toBe(isFault);
  });

  test("no family of the installed version is forgotten", () => {
    const families = Object.keys(library).filter((name) => name.endsWith("Error"));
    expect(families.sort()).toEqual([...Object.keys(EXPECTED), ...ABSTRACT].sort());
  });

  test("our own errors come through unchanged", () => {
    const error = new ClaimgateError("token_expired", "x");
    expect(verificationError(error)).toBe(error);
  });

  test.each([new TypeError("x"), "text", undefined, null])(
    "anything else is not a fault of the token: %p",
    (thrown) => {
      const ours = verificationError(thrown);
      expect(ours.code).toBe("unexpected");
      expect(isTokenFault(ours)).toBe(false);
    },
  );

  test("codes of triggers that happen to begin with `token_` are not faults of the token", () => {
    expect(isTokenFault(new ClaimgateError("token_enrichment_failed", "x"))).toBe(false);
  });
});
