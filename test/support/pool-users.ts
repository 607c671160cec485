import type { JsonObject } from "../../src/json.ts";
import { objectOf, textOf } from "../../src/json.ts";
import { passwordRecord } from "../../src/tools/cognito/auth/password-record.ts";
import { CognitoError } from "../../src/tools/cognito/cognito-error.ts";
import type { User } from "../../src/tools/cognito/directory/user.ts";
import { ALL_OPERATIONS } from "../../src/tools/cognito/operations/all-operations.ts";
import type { Pool } from "../../src/tools/cognito/pool.ts";

/** The password of every test user. */
export const PASSWORD = "Correct-Horse-7";

/** Puts a confirmed user into a pool. */
export function addUser(pool: Pool, email: string, changes: Partial<User> = {}): User {
  const byAddress = pool.config.usernameAttributes.length > 0;
  const username = byAddress ? `sub-of-${email}` : email.split("@")[0];
  const user: User = {
    username: username ?? email,
    enabled: true,
    status: "CONFIRMED",
    password: passwordRecord(pool.config.place.userPoolId, username ?? email, PASSWORD),
    codes: {},
    mfa: { enabled: [] },
    groups: [],
    identities: [],
    createdAt: pool.now(),
    modifiedAt: pool.now(),
    ...changes,
    attributes: { sub: `sub-of-${email}`, email, email_verified: "true", ...changes.attributes },
  };
  pool.users.save(user);
  return user;
}

/** Calls an operation by its name, as a request does. */
export async function call(pool: Pool, name: string, request: JsonObject): Promise<JsonObject> {
  const operation = ALL_OPERATIONS[name];
  if (operation === undefined) throw new Error(`there is no operation ${name}`);
  return operation(pool, request);
}

/** The name and text of the error that the operation answers. */
export async function refusal(pool: Pool, name: string, request: JsonObject): Promise<string> {
  try {
    return `answered ${JSON.stringify(await call(pool, name, request))}`;
  } catch (error) {
    if (error instanceof CognitoError) return `${error.code}: ${error.message}`;
    throw error;
  }
}

/** `InitiateAuth` with name and password, through the client of `testConfig`. */
export const byPassword = (username: string, password = PASSWORD): JsonObject => ({
  ClientId: "webclient",
  AuthFlow: "USER_PASSWORD_AUTH",
  AuthParameters: { USERNAME: username, PASSWORD: password },
});

/** The answer to a challenge that an operation gave. */
export const answerTo = (challenge: JsonObject, responses: JsonObject): JsonObject => ({
  ClientId: "webclient",
  ChallengeName: challenge["ChallengeName"],
  Session: challenge["Session"],
  ChallengeResponses: responses,
});

export const tokensOf = (answer: JsonObject) => objectOf(answer["AuthenticationResult"]);

export const accessTokenOf = (answer: JsonObject) => textOf(tokensOf(answer)["AccessToken"]) ?? "";

/** The claims of a token, unverified. */
export function claimsOf(token: unknown): JsonObject {
  const payload = String(token).split(".")[1] ?? "";
  return objectOf(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
}
