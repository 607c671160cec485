import { randomInt, timingSafeEqual } from "node:crypto";
import { CognitoError } from "../cognito-error.ts";
import type { CodePurpose, PendingCode, User } from "../directory/user.ts";
import type { Pool } from "../pool.ts";

const HOUR = 3_600_000;

/**
 * How long codes are valid, in milliseconds.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html (validity of codes)
 */
const LIFETIME: Readonly<Record<CodePurpose, number>> = {
  "sign-up": 24 * HOUR,
  "forgot-password": HOUR,
  email: 24 * HOUR,
  phone_number: 24 * HOUR,
};

/** Six digits, as Cognito sends them. */
const sixDigits = () => String(randomInt(1_000_000)).padStart(6, "0");

/**
 * The record of a user with a new code; one that was sent before for the same purpose is no longer valid.
 *
 * @param sentTo the address that the code proves
 * @param value a new value of an attribute, which is set once the code comes back
 */
export function withCode(
  user: User,
  purpose: CodePurpose,
  now: number,
  sentTo: string | undefined,
  value?: string,
): { readonly user: User; readonly code: string } {
  const code = sixDigits();
  const pending: PendingCode = {
    code,
    ...(sentTo === undefined ? {} : { sentTo }),
    expiresAt: now + LIFETIME[purpose],
    ...(value === undefined ? {} : { value }),
  };
  return { user: { ...user, codes: { ...user.codes, [purpose]: pending } }, code };
}

/** The record of a user whose code was used. */
export function withoutCode(user: User, purpose: CodePurpose): User {
  const { [purpose]: _, ...codes } = user.codes;
  return { ...user, codes };
}

/** @throws CognitoError `ExpiredCodeException`, `CodeMismatchException`, `LimitExceededException` */
export function provenCode(
  { attempts, now }: Pick<Pool, "attempts" | "now">,
  user: User,
  purpose: CodePurpose,
  code: string,
): PendingCode {
  return attempts.guard(purpose, user.username, () => matchingCode(user.codes[purpose], code, now()));
}

/**
 * The error of a code for a name without a user, where the client must not notice: it is counted like any other.
 *
 * @throws CognitoError `error`, or `LimitExceededException`
 */
export function refuseUnknown(
  { attempts, config }: Pick<Pool, "attempts" | "config">,
  name: string,
  purpose: CodePurpose,
  error: CognitoError,
): never {
  // Blanks are in no username, so no user is counted by it.
  const counted = ` ${config.usernameCaseSensitive ? name : name.toLowerCase()}`;
  return attempts.guard(purpose, counted, () => {
    throw error;
  });
}

function matchingCode(pending: PendingCode | undefined, code: string, now: number): PendingCode {
  if (pending === undefined || now >= pending.expiresAt) throw expiredCode();
  const [given, wanted] = [Buffer.from(code), Buffer.from(pending.code)];
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw codeMismatch();
  return pending;
}

export const expiredCode = () =>
  new CognitoError("ExpiredCodeException", "Invalid code provided, please request a code again.");

export const codeMismatch = () =>
  new CognitoError("CodeMismatchException", "Invalid verification code provided, please try again.");
