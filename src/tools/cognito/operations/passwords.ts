import { withPassword } from "../auth/new-password.ts";
import { isPassword } from "../auth/password-record.ts";
import { migratedUser } from "../auth/user-migration.ts";
import { invalidParameter, notAuthorized } from "../cognito-error.ts";
import type { User } from "../directory/user.ts";
import { codeMismatch, provenCode, refuseUnknown, withCode, withoutCode } from "../messages/codes.ts";
import {
  type Destination,
  deliveryDetails,
  madeUpDestination,
  recoveryAttributes,
  recoveryDestination,
} from "../messages/destination.ts";
import { sendMessage } from "../messages/send-message.ts";
import type { Pool } from "../pool.ts";
import { tokenCaller } from "../tokens/access-token-guard.ts";
import { tellPostConfirmation } from "./confirmation.ts";
import { assertEnabled, type Operation, type Operations, requiredText, saveUser } from "./operation.ts";
import { metadataOf } from "./request.ts";
import { clientCall, unknownUser } from "./user-client.ts";

/**
 * `ForgotPassword`: a code to an address that the user proved. Where the client hides who exists, a user who is
 * unknown, disabled or without such an address gets the same answer.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
 */
const forgotPassword: Operation = async (pool, request) => {
  const { client, username } = clientCall(pool, request);
  const call = { pool, client, clientMetadata: metadataOf(request) };
  const user = pool.users.find(username) ?? (await migratedUser(call, username));
  if (recoveryAttributes(pool.config).length === 0) {
    throw notAuthorized("Contact administrator to reset password.");
  }
  const reachable = user?.enabled === true && recoveryDestination(pool.config, user.attributes) !== undefined;
  if (client.preventUserExistenceErrors && !reachable) {
    return { CodeDeliveryDetails: deliveryDetails(madeUpDestination(pool.config, username)) };
  }
  if (user === undefined) throw unknownUser();
  assertEnabled(user);
  const destination = resettableAt(pool, user);
  const sent = withCode(user, "forgot-password", pool.now(), destination.address);
  const details = await sendMessage(pool, {
    reason: "ForgotPassword",
    user: saveUser(pool, sent.user),
    destination,
    code: sent.code,
    clientId: client.id,
    clientMetadata: call.clientMetadata,
  });
  return { CodeDeliveryDetails: details };
};

/** `ConfirmForgotPassword`: the code, and the new password. */
const confirmForgotPassword: Operation = async (pool, request) => {
  const { client, username } = clientCall(pool, request);
  const code = requiredText(request, "ConfirmationCode");
  const password = requiredText(request, "Password");
  const user = pool.users.find(username);
  if (client.preventUserExistenceErrors && user?.enabled !== true) {
    refuseUnknown(pool, user?.username ?? username, "forgot-password", codeMismatch());
  }
  if (user === undefined) throw unknownUser();
  assertEnabled(user);
  provenCode(pool, user, "forgot-password", code);
  const changed = withPassword(pool.config, withoutCode(user, "forgot-password"), password);
  const saved = saveUser(pool, { ...changed, status: "CONFIRMED" });
  const source = "PostConfirmation_ConfirmForgotPassword";
  await tellPostConfirmation(pool, source, saved, client.id, metadataOf(request));
  return {};
};

/** `ChangePassword`: by a user who is signed in. A user without a password sets the first one. */
const changePassword: Operation = async (pool, request) => {
  const { user } = tokenCaller(pool, requiredText(request, "AccessToken"));
  const proposed = requiredText(request, "ProposedPassword");
  if (user.password !== undefined) {
    const previous = requiredText(request, "PreviousPassword");
    pool.attempts.guard("change-password", user.username, () => assertPasswordOf(pool, user, previous));
  }
  saveUser(pool, withPassword(pool.config, user, proposed));
  return {};
};

/** @throws CognitoError `NotAuthorizedException` */
function assertPasswordOf({ config }: Pool, { username, password }: User, given: string): void {
  const right = password !== undefined && isPassword(password, config.place.userPoolId, username, given);
  if (!right) throw notAuthorized("Incorrect username or password.");
}

/** Where the code of a user goes whose password can be reset. @throws CognitoError where it cannot */
export function resettableAt({ config }: Pool, { status, attributes }: User): Destination {
  if (status === "FORCE_CHANGE_PASSWORD" || status === "EXTERNAL_PROVIDER") {
    throw notAuthorized("User password cannot be reset in the current state.");
  }
  const destination = recoveryDestination(config, attributes);
  if (destination === undefined) {
    throw invalidParameter(
      "Cannot reset password for the user as there is no registered/verified email or phone_number",
    );
  }
  return destination;
}

export const passwordOperations: Operations = {
  ForgotPassword: forgotPassword,
  ConfirmForgotPassword: confirmForgotPassword,
  ChangePassword: changePassword,
};
