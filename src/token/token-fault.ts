import { ClaimgateError, type ErrorCode } from "../errors.ts";

const TOKEN_FAULTS = [
  "token_missing",
  "token_too_large",
  "token_malformed",
  "token_signature_invalid",
  "token_issuer_invalid",
  "token_use_invalid",
  "token_client_invalid",
  "token_expired",
  "token_not_yet_valid",
  "token_claims_invalid",
  "token_revoked",
] as const satisfies readonly ErrorCode[];

/** The codes for errors of the token itself: the caller is not authenticated (401). */
export type TokenFault = (typeof TOKEN_FAULTS)[number];

/** Whether the token is at fault. False for outages and unexpected errors. */
export function isTokenFault(error: unknown): error is ClaimgateError & { readonly code: TokenFault } {
  return error instanceof ClaimgateError && TOKEN_FAULTS.some((code) => code === error.code);
}
