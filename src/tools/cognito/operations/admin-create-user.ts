import { randomUUID } from "node:crypto";
import { type JsonObject, textOf, textsOf } from "../../../json.ts";
import { withPassword } from "../auth/new-password.ts";
import { CognitoError, invalidParameter } from "../cognito-error.ts";
import { assertPassword } from "../config/password-policy.ts";
import type { PoolConfig } from "../config/pool-config.ts";
import type { Attributes, User } from "../directory/user.ts";
import { assertFree } from "../directory/usernames.ts";
import { type ContactAttribute, destinationBy } from "../messages/destination.ts";
import { sendMessage } from "../messages/send-message.ts";
import type { Pool } from "../pool.ts";
import { claimAliases } from "./aliases.ts";
import { askPreSignUp, newUser, userRecord } from "./new-user.ts";
import { existingUser, type Operation, requiredText, saveUser } from "./operation.ts";
import { metadataOf, oneOf } from "./request.ts";
import { userType } from "./user-answer.ts";

const EXISTS = "User account already exists";

const DAY = 86_400_000;

/**
 * `AdminCreateUser`: the trigger may refuse, its three flags are ignored, and no confirmation follows, ever: the user
 * gets no group from PostConfirmation.
 */
export const adminCreateUser: Operation = async (pool, request) => {
  const action = oneOf(request, "MessageAction", ["RESEND", "SUPPRESS"]);
  if (action === "RESEND") return resend(pool, request);
  const { config } = pool;
  const user = newUser(pool, request, EXISTS, "administrator");
  const password = temporaryPassword(config, request);
  if (password !== undefined) assertPassword(password, config.passwordPolicy);
  const sendTo = action === "SUPPRESS" ? [] : mediumsOf(request, user.attributes);
  await askPreSignUp(pool, "PreSignUp_AdminCreateUser", user, undefined, request);
  // Somebody else may have taken the name while the trigger ran.
  assertFree(config, pool.users, user.chosen, EXISTS);
  const status = password === undefined ? "CONFIRMED" : "FORCE_CHANGE_PASSWORD";
  const record = userRecord(user, user.attributes, status, pool.now());
  const created = password === undefined ? record : withTemporary(pool, record, password);
  claimAliases(pool, user.username, user.attributes, request["ForceAliasCreation"] === true);
  pool.users.save(created);
  if (password !== undefined) await invite(pool, request, created, password, sendTo);
  return { User: userType(created) };
};

/** `RESEND`: another temporary password for a user who did not use the first one. */
async function resend(pool: Pool, request: JsonObject): Promise<JsonObject> {
  const user = existingUser(pool, requiredText(request, "Username"));
  if (user.status !== "FORCE_CHANGE_PASSWORD") {
    throw new CognitoError(
      "UnsupportedUserStateException",
      `Resend not possible. ${user.username} status is not FORCE_CHANGE_PASSWORD`,
    );
  }
  const password = temporaryPassword(pool.config, request) ?? generatedPassword(pool.config);
  const sendTo = mediumsOf(request, user.attributes);
  const saved = saveUser(pool, withTemporary(pool, user, password));
  await invite(pool, request, saved, password, sendTo);
  return { User: userType(saved) };
}

/** The record of a user with a password that has to be changed at the first sign-in, and that expires. */
export function withTemporary({ config, now }: Pool, user: User, password: string): User {
  return {
    ...withPassword(config, user, password),
    status: "FORCE_CHANGE_PASSWORD",
    temporaryUntil: now() + config.temporaryPasswordDays * DAY,
  };
}

async function invite(
  pool: Pool,
  request: JsonObject,
  user: User,
  password: string,
  sendTo: readonly ContactAttribute[],
): Promise<void> {
  for (const attribute of sendTo) {
    const destination = destinationBy(user.attributes, attribute);
    if (destination === undefined) continue;
    await sendMessage(pool, {
      reason: "AdminCreateUser",
      user,
      destination,
      code: password,
      clientId: undefined,
      clientMetadata: metadataOf(request),
    });
  }
}

/** Where the invitation goes: by SMS unless told otherwise, and by mail to a user without a telephone. */
function mediumsOf(request: JsonObject, attributes: Attributes): readonly ContactAttribute[] {
  const mediums = textsOf(request["DesiredDeliveryMediums"]);
  if (mediums.length === 0) {
    const has = destinationBy(attributes, "phone_number") !== undefined;
    return has ? ["phone_number"] : ["email"];
  }
  return mediums.map((medium) => {
    const attribute = medium === "EMAIL" ? "email" : medium === "SMS" ? "phone_number" : undefined;
    if (attribute === undefined) throw invalidParameter(`\`${medium}\` is not a delivery medium`);
    if (destinationBy(attributes, attribute) === undefined) {
      throw invalidParameter(`the user has no \`${attribute}\` for the delivery medium ${medium}`);
    }
    return attribute;
  });
}

/** undefined: a user without a password, in a pool that signs in without one. */
function temporaryPassword(config: PoolConfig, request: JsonObject): string | undefined {
  const given = textOf(request["TemporaryPassword"]);
  if (given !== undefined && given !== "") return given;
  const passwordless = config.firstFactors.some((factor) => factor !== "PASSWORD");
  return passwordless ? undefined : generatedPassword(config);
}

/** Fits every policy: the longest that a pool can ask for has 99 characters. */
function generatedPassword({ passwordPolicy }: PoolConfig): string {
  return `Tmp-${randomUUID()}-A1`.padEnd(passwordPolicy.minimumLength, randomUUID().repeat(2));
}
