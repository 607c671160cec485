import { CognitoError } from "../cognito-error.ts";
import { assertPassword } from "../config/password-policy.ts";
import type { PoolConfig } from "../config/pool-config.ts";
import type { User } from "../directory/user.ts";
import { isPassword, passwordRecord } from "./password-record.ts";

/**
 * The record of a user with a new password, which is no temporary one.
 *
 * @throws CognitoError `InvalidPasswordException`, `PasswordHistoryPolicyViolationException`
 */
export function withPassword({ place, passwordPolicy }: PoolConfig, user: User, password: string): User {
  assertPassword(password, passwordPolicy);
  const { temporaryUntil: _, ...kept } = user;
  const former = user.password === undefined ? [] : [user.password, ...(user.formerPasswords ?? [])];
  const remembered = former.slice(0, passwordPolicy.history);
  if (remembered.some((record) => isPassword(record, place.userPoolId, user.username, password))) {
    throw new CognitoError(
      "PasswordHistoryPolicyViolationException",
      "Password has previously been used. Please try a different password",
    );
  }
  return {
    ...kept,
    password: passwordRecord(place.userPoolId, user.username, password),
    formerPasswords: remembered,
  };
}
