import { ClaimgateError } from "../errors.ts";

/**
 * The longest `Authorization` value that is read, in characters: API Gateway lets no longer one through (10,240 bytes
 * of request line and headers on HTTP APIs, of header values on REST APIs;
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html).
 */
export const MAX_AUTHORIZATION_LENGTH = 10_240;

// RFC 6750 section 2.1: `Bearer`, one or more spaces, b64token. The scheme is case-insensitive (RFC 9110); the flag `i`
// would fold the case of each character of the token.
const BEARER = /^[Bb][Ee][Aa][Rr][Ee][Rr] +([A-Za-z0-9\-._~+/]+=*)$/;

/**
 * The token of a request, from the values of all its `Authorization` headers.
 *
 * Exactly one value and one token. Two headers, or two that a gateway joined by a comma, are refused, since two readers
 * could pick different ones.
 *
 * @throws ClaimgateError token_missing, token_too_large or token_malformed
 *
 * @example
 * import { readBearerToken } from "claimgate/authorizers";
 *
 * const token = readBearerToken(["Bearer eyJraWQiOi..."]);
 * console.log(token.length);
 */
export function readBearerToken(values: readonly string[]): string {
  const [value, second] = values;
  if (value === undefined || value === "")
    throw new ClaimgateError("token_missing", "the `Authorization` header is missing");
  if (second !== undefined) {
    throw new ClaimgateError("token_malformed", "more than one `Authorization` header");
  }
  if (value.length > MAX_AUTHORIZATION_LENGTH) {
    throw new ClaimgateError(
      "token_too_large",
      `the \`Authorization\` header is longer than ${MAX_AUTHORIZATION_LENGTH} characters`,
    );
  }
  const token = BEARER.exec(value)?.[1];
  if (token === undefined) {
    throw new ClaimgateError("token_malformed", "the `Authorization` header is not `Bearer` and one token");
  }
  return token;
}
