import { type JsonObject, textsOf } from "../../../json.ts";
import { withPassword } from "../auth/new-password.ts";
import { withoutAttributes } from "../directory/attribute-values.ts";
import type { User } from "../directory/user.ts";
import { withCode, withoutCode } from "../messages/codes.ts";
import { sendMessage } from "../messages/send-message.ts";
import type { Pool } from "../pool.ts";
import { adminCreateUser, withTemporary } from "./admin-create-user.ts";
import { changeAttributes } from "./attribute-changes.ts";
import { tellPostConfirmation } from "./confirmation.ts";
import { listUsers } from "./list-users.ts";
import { existingUser, type Operation, type Operations, requiredText, saveUser } from "./operation.ts";
import { forgetUser } from "./own-user.ts";
import { resettableAt } from "./passwords.ts";
import { attributeList, attributesOf, inPool, metadataOf } from "./request.ts";
import { assertUnconfirmed } from "./sign-up.ts";
import { mfaFacts, shownAttributes, userFacts } from "./user-answer.ts";

/** What an administrator does to one user, who is there. */
const toUser = (
  work: (pool: Pool, user: User, request: JsonObject) => JsonObject | Promise<JsonObject>,
): Operation =>
  inPool(async (pool, request) => work(pool, existingUser(pool, requiredText(request, "Username")), request));

const adminGetUser = toUser((_, user) => ({
  ...userFacts(user),
  UserAttributes: attributeList(shownAttributes(user)),
  ...mfaFacts(user),
}));

/** `AdminConfirmSignUp`: without a code, so it verifies no address. */
const adminConfirmSignUp = toUser(async (pool, user, request) => {
  assertUnconfirmed(user);
  const saved = saveUser(pool, { ...withoutCode(user, "sign-up"), status: "CONFIRMED" });
  const source = "PostConfirmation_ConfirmSignUp";
  await tellPostConfirmation(pool, source, saved, undefined, metadataOf(request));
  return {};
});

/** `AdminSetUserPassword`: one that stays, or one that the user has to change. */
const adminSetUserPassword = toUser((pool, user, request) => {
  const password = requiredText(request, "Password");
  saveUser(
    pool,
    request["Permanent"] === true
      ? { ...withPassword(pool.config, user, password), status: "CONFIRMED" }
      : withTemporary(pool, user, password),
  );
  return {};
});

/** `AdminResetUserPassword`: the password is no longer valid, and a code for another one is sent. */
const adminResetUserPassword = toUser(async (pool, user, request) => {
  const destination = resettableAt(pool, user);
  const sent = withCode(user, "forgot-password", pool.now(), destination.address);
  const saved = saveUser(pool, { ...sent.user, status: "RESET_REQUIRED" });
  const message = { user: saved, destination, code: sent.code, clientId: undefined };
  await sendMessage(pool, { reason: "ForgotPassword", ...message, clientMetadata: metadataOf(request) });
  return {};
});

const adminEnableUser = toUser((pool, user) => {
  saveUser(pool, { ...user, enabled: true });
  return {};
});

/** `AdminDisableUser`: "deactivates a user profile and revokes all access tokens for the user". */
const adminDisableUser = toUser((pool, user) => {
  saveUser(pool, { ...user, enabled: false });
  pool.signIns.endAllOf(user.username);
  return {};
});

const adminDeleteUser = toUser((pool, user) => {
  forgetUser(pool, user);
  return {};
});

const adminUpdateUserAttributes = toUser(async (pool, user, request) => {
  const given = attributesOf(request["UserAttributes"]);
  await changeAttributes(pool, user, given, undefined, metadataOf(request));
  return {};
});

const adminDeleteUserAttributes = toUser((pool, user, request) => {
  const names = textsOf(request["UserAttributeNames"]);
  saveUser(pool, { ...user, attributes: withoutAttributes(pool.config, user.attributes, names) });
  return {};
});

export const adminOperations: Operations = {
  AdminCreateUser: inPool(adminCreateUser),
  AdminGetUser: adminGetUser,
  ListUsers: inPool(listUsers),
  AdminConfirmSignUp: adminConfirmSignUp,
  AdminSetUserPassword: adminSetUserPassword,
  AdminResetUserPassword: adminResetUserPassword,
  AdminEnableUser: adminEnableUser,
  AdminDisableUser: adminDisableUser,
  AdminDeleteUser: adminDeleteUser,
  AdminUpdateUserAttributes: adminUpdateUserAttributes,
  AdminDeleteUserAttributes: adminDeleteUserAttributes,
};
