import { withPassword } from "../auth/new-password.ts";
import { CognitoError } from "../cognito-error.ts";
import { assertPassword } from "../config/password-policy.ts";
import type { Attributes, User } from "../directory/user.ts";
import type { Pool } from "../pool.ts";
import { claimAliases } from "./aliases.ts";
import { newUser, userRecord } from "./new-user.ts";
import { attributeList } from "./request.ts";

/** A user who is put into the pool: confirmed, and able to sign in at once. */
export interface AddedUser {
  /** As the user signs in; where it is missing, the e-mail address. */
  readonly username?: string | undefined;
  /** Counts as verified, unless the attributes say otherwise. */
  readonly email?: string | undefined;
  /** Without one, the user cannot sign in by a password. */
  readonly password?: string | undefined;
  readonly groups?: readonly string[] | undefined;
  readonly attributes?: Attributes | undefined;
}

/**
 * Puts a user into the pool as an administrator would with several calls. No trigger runs and no message is sent.
 *
 * @throws CognitoError as AWS would refuse the calls: the name is taken, the password does not fit, no such group
 */
export function addUser(pool: Pool, added: AddedUser): User {
  const { username = added.email, email, password, groups = [] } = added;
  const given: Attributes = {
    ...(email === undefined ? {} : { email, email_verified: "true" }),
    ...added.attributes,
  };
  const request = { Username: username, UserAttributes: attributeList(given) };
  const user = newUser(pool, request, "User account already exists", "administrator");
  if (password !== undefined) assertPassword(password, pool.config.passwordPolicy);
  const missing = groups.find((name) => pool.groups.find(name) === undefined);
  if (missing !== undefined)
    throw new CognitoError("ResourceNotFoundException", `Group ${missing} not found.`);
  const verified = proven(user.attributes, pool.config.usernameAttributes);
  claimAliases(pool, user.username, verified);
  const record = { ...userRecord(user, verified, "CONFIRMED", pool.now()), groups: [...new Set(groups)] };
  const whole = password === undefined ? record : withPassword(pool.config, record, password);
  pool.users.save(whole);
  return whole;
}

/** An address that is the username counts as verified, too. */
function proven(attributes: Attributes, names: readonly string[]): Attributes {
  const flags = names
    .filter((name) => attributes[name] !== undefined && attributes[`${name}_verified`] === undefined)
    .map((name) => [`${name}_verified`, "true"] as const);
  return { ...attributes, ...Object.fromEntries(flags) };
}
