import { ClaimgateError } from "../errors.ts";
import { own } from "../own-property.ts";

/** The verified claims of an access token, read by own property only. */
export interface AccessTokenClaims {
  readonly sub: string;
  readonly clientId: string;
  /** Undefined if the token has none, as with machine-to-machine tokens. */
  readonly username: string | undefined;
  readonly groups: readonly string[];
  readonly scopes: readonly string[];
  /** The APIs that `aud` names; empty if it is absent or names only the token's own app client. */
  readonly audience: readonly string[];
  /** Epoch seconds. */
  readonly issuedAt: number;
  /** Epoch seconds. */
  readonly expiresAt: number;
  /** When the user signed in, in epoch seconds; undefined if the token does not say it. */
  readonly authTime?: number | undefined;
}

/**
 * The longest lifetime of a Cognito access token: one day, in seconds (AccessTokenValidity,
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html).
 */
export const MAX_LIFETIME = 86_400;

/** How far this function's clock may be behind the issuer's, in seconds. */
export const MAX_CLOCK_SKEW = 60;

// The names that Cognito allows for groups: 1 to 128 letters, marks, symbols, numbers and punctuation, so no whitespace
// and no control characters (GroupName,
// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateGroup.html). Subjects are
// printed in logs and joined by spaces in the authorizer context, which this keeps unambiguous.
const NAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;

/** The same in ASCII: nearly every name. The pattern above takes a millisecond at a cold start, when it is compiled. */
const ASCII_NAME = /^[!-~]{1,128}$/;

// RFC 6749 section 3.3: printable ASCII without space, quote and backslash.
const SCOPE = /^[\x21\x23-\x5B\x5D-\x7E]+$/;

/**
 * Checks what aws-jwt-verify does not: `exp` and `iat` are whole numbers, the token does not live longer than Cognito
 * allows and was not issued in the future, `sub` and `client_id` are names, `cognito:groups` is an array of names or
 * absent, `scope` is a string of scopes or absent,
 * `aud` is a string, a list of strings or absent.
 *
 * @param claims as signed
 * @param now epoch seconds
 * @throws ClaimgateError token_claims_invalid, token_expired, token_not_yet_valid or token_use_invalid; the message
 * names the claim, never its value
 */
export function parseAccessTokenClaims(
  claims: Readonly<Record<string, unknown>>,
  now: number,
): AccessTokenClaims {
  if (own(claims, "token_use") !== "access") {
    throw new ClaimgateError("token_use_invalid", "claim `token_use` is not `access`");
  }
  const expiresAt = seconds(claims, "exp");
  const issuedAt = seconds(claims, "iat");
  checkTimes(issuedAt, expiresAt, now);
  const clientId = name(claims, "client_id");
  return {
    sub: name(claims, "sub"),
    clientId,
    username: username(claims),
    groups: groups(claims),
    scopes: scopes(claims),
    audience: audience(claims, clientId),
    issuedAt,
    expiresAt,
    authTime: authTime(claims),
  };
}

/** A claim of another shape proves nothing, so no sign-in is recent. */
function authTime(claims: Readonly<Record<string, unknown>>): number | undefined {
  const value = own(claims, "auth_time");
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

function invalid(claim: string, expected: string): ClaimgateError {
  return new ClaimgateError("token_claims_invalid", `claim \`${claim}\` is not ${expected}`);
}

/**
 * A trigger can add `aud` only as the id of the app client, which names no API
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html); resource
 * binding writes the API that the client asked for (RFC 8707).
 */
function audience(claims: Readonly<Record<string, unknown>>, clientId: string): readonly string[] {
  const value = own(claims, "aud");
  if (value === undefined) return [];
  const names: readonly unknown[] = Array.isArray(value) ? value : [value];
  return names
    .map((item) => {
      if (typeof item === "string" && item !== "") return item;
      throw invalid("aud", "a name or a list of names");
    })
    .filter((item) => item !== clientId);
}

function seconds(claims: Readonly<Record<string, unknown>>, claim: string): number {
  const value = own(claims, claim);
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
  throw invalid(claim, "a whole number of seconds");
}

function checkTimes(issuedAt: number, expiresAt: number, now: number): void {
  if (issuedAt > now + MAX_CLOCK_SKEW) {
    throw new ClaimgateError("token_not_yet_valid", "claim `iat` is in the future");
  }
  if (expiresAt <= now) throw new ClaimgateError("token_expired", "claim `exp` is in the past");
  if (expiresAt <= issuedAt || expiresAt - issuedAt > MAX_LIFETIME) {
    throw invalid("exp", `within ${MAX_LIFETIME} seconds after \`iat\``);
  }
}

function isName(value: unknown): value is string {
  return typeof value === "string" && (ASCII_NAME.test(value) || NAME.test(value));
}

function name(claims: Readonly<Record<string, unknown>>, claim: string): string {
  const value = own(claims, claim);
  if (isName(value)) return value;
  throw invalid(claim, "a name");
}

function username(claims: Readonly<Record<string, unknown>>): string | undefined {
  const value = own(claims, "username");
  if (value === undefined || (typeof value === "string" && value !== "")) return value;
  throw invalid("username", "a string");
}

function groups(claims: Readonly<Record<string, unknown>>): readonly string[] {
  const value = own(claims, "cognito:groups");
  if (value === undefined) return [];
  if (Array.isArray(value) && value.every(isName)) return value;
  throw invalid("cognito:groups", "an array of group names");
}

function scopes(claims: Readonly<Record<string, unknown>>): readonly string[] {
  const value = own(claims, "scope");
  if (value === undefined || value === "") return [];
  const list = typeof value === "string" ? value.split(" ") : [];
  if (list.length > 0 && list.every((scope) => SCOPE.test(scope))) return list;
  throw invalid("scope", "a string of scopes separated by single spaces");
}
