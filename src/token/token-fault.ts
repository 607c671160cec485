import { ClaimgateError, TOKEN_FAULT_CODES } from "../errors.ts";

/** The codes for errors of the token itself: the caller is not authenticated (401). */
export type TokenFault = (typeof TOKEN_FAULT_CODES)[number];

/** Whether the token is at fault. False for outages and unexpected errors. */
export function isTokenFault(error: unknown): error is ClaimgateError & { readonly code: TokenFault } {
  return error instanceof ClaimgateError && TOKEN_FAULT_CODES.some((code) => code === error.code);
}
