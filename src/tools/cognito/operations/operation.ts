import type { JsonObject } from "../../../json.ts";
import { textOf } from "../../../json.ts";
import { CognitoError, invalidParameter, notAuthorized } from "../cognito-error.ts";
import type { User } from "../directory/user.ts";
import type { Pool } from "../pool.ts";

/** One operation of the Cognito API, by its request and answer as JSON. @throws CognitoError */
export type Operation = (pool: Pool, request: JsonObject) => Promise<JsonObject>;

/** A part of the API: name in `x-amz-target` -> operation. */
export type Operations = Readonly<Record<string, Operation>>;

/** A member of a request that has to be there. */
export function requiredText(request: JsonObject, name: string): string {
  const value = textOf(request[name]);
  if (value === undefined || value === "") throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}

/** @throws CognitoError `UserNotFoundException` */
export function existingUser(pool: Pool, username: string): User {
  const user = pool.users.find(username);
  if (user === undefined) throw new CognitoError("UserNotFoundException", "User does not exist.");
  return user;
}

/** @throws CognitoError `NotAuthorizedException` */
export function assertEnabled(user: User): void {
  if (!user.enabled) throw notAuthorized("User is disabled.");
}

/** Saves a user whose record changed now. */
export function saveUser(pool: Pool, user: User): User {
  const saved = { ...user, modifiedAt: pool.now() };
  pool.users.save(saved);
  return saved;
}
