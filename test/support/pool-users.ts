import type { JsonObject } from "../../src/json.ts";
import { objectOf, textOf } from "../../src/json.ts";
import { passwordRecord } from "../../src/tools/cognito/auth/password-record.ts";
import type { User } from "../../src/tools/cognito/directory/user.ts";
import type { Pool } from "../../src/tools/cognito/pool.ts";

export { call, outcome, refusal } from "./pool-calls.ts";

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
    password: changes.password ?? passwordRecord(pool.config.place.userPoolId, username ?? email, PASSWORD),
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
