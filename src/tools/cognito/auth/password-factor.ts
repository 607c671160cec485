import { CognitoError, notAuthorized } from "../cognito-error.ts";
import type { User } from "../directory/user.ts";
import { assertEnabled } from "../operations/operation.ts";
import type { Pool } from "../pool.ts";
import { isPassword } from "./password-record.ts";
import { type AuthCall, authEvent, userNotFound } from "./step.ts";
import { type UnknownUser, unknownUser, wrongPassword } from "./unknown-user.ts";

/**
 * The user who has this password, and may sign in.
 *
 * @param user the given name where no user has it
 * @throws CognitoError `NotAuthorizedException`, `UserNotFoundException`, `UserNotConfirmedException`,
 *   `PasswordResetRequiredException`
 */
export function provePassword(call: AuthCall, user: User | string, password: string): User {
  const { pool } = call;
  assertNotLocked(call, user);
  const { username, record } = shownRecord(pool, user);
  const right = isPassword(record, pool.config.place.userPoolId, username, password);
  return judgedPassword(call, user, right);
}

/** The record that a password is tried on. A user without a password has one that no password matches. */
export function shownRecord(pool: Pool, user: User | string): UnknownUser {
  if (typeof user === "string") return unknownUser(pool, user);
  const { username, password } = user;
  return { username, record: password ?? unknownUser(pool, username).record };
}

/**
 * Takes a proof of the password, right or wrong.
 *
 * @param user the given name where no user has it
 * @returns the user, who may sign in
 */
export function judgedPassword({ pool, client }: AuthCall, user: User | string, right: boolean): User {
  if (typeof user !== "string" && user.status === "RESET_REQUIRED" && !client.preventUserExistenceErrors) {
    throw resetRequired();
  }
  const key = lockoutKey(user);
  if (typeof user === "string" || user.password === undefined || !right) {
    pool.lockout.failed(key);
    throw wrongPassword(client, typeof user !== "string");
  }
  pool.lockout.succeeded(key);
  assertMaySignIn(user, pool.now());
  return user;
}

/**
 * Asks the trigger before the password is checked; for a name without a user only where the client hides that.
 *
 * @returns the user as the trigger left it
 */
export async function preAuthenticated(call: AuthCall, user: User | string): Promise<User | string> {
  const { pool, client, validationData } = call;
  if (!pool.config.triggers.has("PreAuthentication")) return user;
  if (typeof user === "string" && !client.preventUserExistenceErrors) return user;
  const request = { validationData: validationData ?? null, ...userNotFound(call, user) };
  const source = "PreAuthentication_Authentication";
  await pool.runTrigger("PreAuthentication", authEvent(call, source, user, request));
  return typeof user === "string" ? user : (pool.users.find(user.username) ?? user.username);
}

export function assertNotLocked({ pool }: AuthCall, user: User | string): void {
  if (pool.lockout.isLocked(lockoutKey(user))) throw notAuthorized("Password attempts exceeded");
}

/** Only someone who has proven to be the user learns what is wrong with the account. */
export function assertMaySignIn(user: User, now: number): void {
  assertEnabled(user);
  // Only their provider signs them in.
  if (user.status === "EXTERNAL_PROVIDER") throw notAuthorized("Incorrect username or password.");
  if (user.status === "UNCONFIRMED") {
    throw new CognitoError("UserNotConfirmedException", "User is not confirmed.");
  }
  if (user.status === "RESET_REQUIRED") throw resetRequired();
  const expired = user.temporaryUntil !== undefined && now >= user.temporaryUntil;
  if (user.status === "FORCE_CHANGE_PASSWORD" && expired) {
    throw notAuthorized("Temporary password has expired and must be reset by an administrator.");
  }
}

const resetRequired = () =>
  new CognitoError("PasswordResetRequiredException", "Password reset required for the user");

/** Blanks are in no username: guesses at a name without a user lock no user. */
const lockoutKey = (user: User | string) =>
  `password:${typeof user === "string" ? ` ${user.toLowerCase()}` : user.username}`;
