import type { JsonObject } from "../../../json.ts";
import { CognitoError, notAuthorized } from "../cognito-error.ts";
import type { User } from "../directory/user.ts";
import { requiredText, saveUser } from "../operations/operation.ts";
import type { Pool } from "../pool.ts";
import type { ChallengeState } from "./challenges.ts";
import { isCode } from "./code-challenge.ts";
import { assertMaySignIn } from "./password-factor.ts";
import type { AuthCall } from "./step.ts";
import { matchingTotpStep } from "./totp.ts";

/** AWS's sentence for too many wrong codes. */
export const LOCKED =
  "Too many invalid credentials attempts. User temporarily locked. Please try again after few seconds.";

type CodeState = Extract<ChallengeState, { readonly code: string }>;

/** @returns the user, whose code it was @throws CognitoError `CodeMismatchException`, `NotAuthorizedException` */
export function assertCode(
  { pool }: AuthCall,
  user: User | string,
  { name, code }: CodeState,
  responses: JsonObject,
): User {
  const given = requiredText(responses, `${name}_CODE`);
  const key = unlockedKey(pool, user);
  if (!isCode(code, given) || typeof user === "string") {
    pool.lockout.failed(key);
    throw new CognitoError("CodeMismatchException", "Invalid code or auth state for the user.");
  }
  pool.lockout.succeeded(key);
  assertMaySignIn(user, pool.now());
  return user;
}

/**
 * @returns the user's record, in which the code is used
 * @throws CognitoError `CodeMismatchException`, `ExpiredCodeException` for a used code, `NotAuthorizedException`
 */
export function assertTotp({ pool }: AuthCall, user: User, given: string): User {
  const { totpSecret, totpStep } = user.mfa;
  const key = unlockedKey(pool, user);
  const step = totpSecret === undefined ? undefined : matchingTotpStep(totpSecret, given, pool.now());
  if (step === undefined || (totpStep !== undefined && step <= totpStep)) {
    pool.lockout.failed(key);
    throw step === undefined
      ? new CognitoError("CodeMismatchException", "Invalid code received for user")
      : new CognitoError("ExpiredCodeException", "Your software token has already been used once.");
  }
  pool.lockout.succeeded(key);
  return saveUser(pool, { ...user, mfa: { ...user.mfa, totpStep: step } });
}

/**
 * Under what the wrong codes of a user are counted: after five in a row a right one has to wait, too.
 *
 * @throws CognitoError `NotAuthorizedException` while it has to
 */
export function unlockedKey({ lockout }: Pool, user: User | string): string {
  // Blanks are in no username: guesses at a name without a user lock no user.
  const key = `code:${typeof user === "string" ? ` ${user.toLowerCase()}` : user.username}`;
  if (!lockout.isLocked(key)) return key;
  throw notAuthorized(LOCKED);
}
