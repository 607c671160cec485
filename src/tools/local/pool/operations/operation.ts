import { type JsonObject, textOf } from "../../../../json.ts";
import { lowerAscii } from "../../../../policy/ascii.ts";
import { CognitoError, invalidParameter, notAuthorized } from "../cognito-error.ts";
import type { StoredUser } from "../cognito-local.ts";
import type { LocalPool } from "../local-pool.ts";
import type { ClientPlan } from "../pool-plan.ts";
import { clientOf } from "../tokens/token-issuer.ts";

/** One operation of the Cognito API. @throws CognitoError */
export type Operation = (pool: LocalPool, request: JsonObject) => Promise<JsonObject>;

/** A member of a request that has to be there. */
export function requiredText(request: JsonObject, name: string): string {
  const value = textOf(request[name]);
  if (value === undefined || value === "") throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}

/**
 * The client of a call that users make. One with a secret cannot be used from here: the local stack checks no
 * `SECRET_HASH`, and a machine's client has no business with users.
 */
export function userClient(pool: LocalPool, request: JsonObject): ClientPlan {
  const client = clientOf(pool.plan, requiredText(request, "ClientId"));
  if (client.secret !== undefined) {
    throw notAuthorized(`Client ${client.id} is configured with secret but SECRET_HASH was not received`);
  }
  return client;
}

/** User names that are addresses differ in their case only on paper: the pool is case-insensitive. */
export const sameCase = (username: string) => (username.includes("@") ? lowerAscii(username) : username);

/** The user of this name, address or `sub`. */
export function findUser(pool: LocalPool, username: string): Promise<StoredUser | null> {
  return pool.stock.users.getUserByUsername(pool.stock.context, sameCase(username));
}

/** @throws CognitoError `UserNotFoundException` */
export async function existingUser(pool: LocalPool, username: string): Promise<StoredUser> {
  const user = await findUser(pool, username);
  if (user === null) throw new CognitoError("UserNotFoundException", "User does not exist.");
  return user;
}

/** @throws CognitoError `NotAuthorizedException` */
export function assertEnabled(user: StoredUser): void {
  if (!user.Enabled) throw notAuthorized("User is disabled.");
}

export function saveUser(pool: LocalPool, user: StoredUser): Promise<void> {
  return pool.stock.users.saveUser(pool.stock.context, { ...user, UserLastModifiedDate: pool.now() });
}
