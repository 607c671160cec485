import { type JsonObject, textOf } from "../../../json.ts";
import { withPassword } from "../auth/new-password.ts";
import { sessionAfterSignUp } from "../auth/sign-up-session.ts";
import { invalidParameter, notAuthorized } from "../cognito-error.ts";
import { assertPassword } from "../config/password-policy.ts";
import type { PoolConfig } from "../config/pool-config.ts";
import { assertWritable } from "../directory/attribute-values.ts";
import type { Attributes, User } from "../directory/user.ts";
import { assertFree } from "../directory/usernames.ts";
import { expiredCode, provenCode, refuseUnknown, withCode, withoutCode } from "../messages/codes.ts";
import {
  CONTACTS,
  deliveryDetails,
  madeUpDestination,
  verificationDestination,
} from "../messages/destination.ts";
import { sendMessage } from "../messages/send-message.ts";
import { claimAliases } from "./aliases.ts";
import { tellPostConfirmation } from "./confirmation.ts";
import { askPreSignUp, newUser, userRecord } from "./new-user.ts";
import { assertEnabled, type Operation, type Operations, requiredText, saveUser } from "./operation.ts";
import { attributesOf, metadataOf } from "./request.ts";
import { clientCall, unknownUser } from "./user-client.ts";

const EXISTS = "User already exists";

/** `SignUp`: the password policy, the trigger, the user, the code. */
const signUp: Operation = async (pool, request) => {
  const { client } = clientCall(pool, request);
  const { config } = pool;
  if (config.adminCreateUserOnly) throw notAuthorized("SignUp is not permitted for this user pool");
  const password = passwordIn(config, request);
  if (password !== undefined) assertPassword(password, config.passwordPolicy);
  assertWritable(client, Object.keys(attributesOf(request["UserAttributes"])));
  const user = newUser(pool, request, EXISTS, "sign-up");
  const verdict = await askPreSignUp(pool, "PreSignUp_SignUp", user, client.id, request);
  // Somebody else may have taken the name while the trigger ran.
  assertFree(config, pool.users, user.chosen, EXISTS);
  const attributes = { ...user.attributes, ...verified(user.attributes, verdict) };
  const confirmed = verdict["autoConfirmUser"] === true;
  claimAliases(pool, user.username, attributes);
  const record = userRecord(user, attributes, confirmed ? "CONFIRMED" : "UNCONFIRMED", pool.now());
  const withSecret = password === undefined ? record : withPassword(config, record, password);
  const clientMetadata = metadataOf(request);
  const answer = { UserConfirmed: confirmed, UserSub: user.sub };
  if (confirmed) {
    pool.users.save(withSecret);
    await tellPostConfirmation(pool, "PostConfirmation_ConfirmSignUp", withSecret, client.id, clientMetadata);
    return answer;
  }
  const destination = verificationDestination(config, attributes);
  if (destination === undefined) {
    pool.users.save(withSecret);
    return answer;
  }
  const sent = withCode(withSecret, "sign-up", pool.now(), destination.address);
  pool.users.save(sent.user);
  const details = await sendMessage(pool, {
    reason: "SignUp",
    user: sent.user,
    destination,
    code: sent.code,
    clientId: client.id,
    clientMetadata,
  });
  return { ...answer, CodeDeliveryDetails: details };
};

/** `ConfirmSignUp`: the code proves the address that it was sent to. */
const confirmSignUp: Operation = async (pool, request) => {
  const { client, username } = clientCall(pool, request);
  const code = requiredText(request, "ConfirmationCode");
  const user = pool.users.find(username);
  if (user === undefined) {
    if (client.preventUserExistenceErrors) refuseUnknown(pool, username, "sign-up", expiredCode());
    throw unknownUser();
  }
  assertEnabled(user);
  assertUnconfirmed(user);
  const { sentTo } = provenCode(pool, user, "sign-up", code);
  const confirmed = confirmedUser(user, sentTo);
  claimAliases(pool, user.username, confirmed.attributes, request["ForceAliasCreation"] === true);
  const saved = saveUser(pool, withoutCode(confirmed, "sign-up"));
  await tellPostConfirmation(pool, "PostConfirmation_ConfirmSignUp", saved, client.id, metadataOf(request));
  return sessionAfterSignUp(pool, client, saved);
};

/** `ResendConfirmationCode`: a new code; the old one is no longer valid. */
const resendConfirmationCode: Operation = async (pool, request) => {
  const { client, username } = clientCall(pool, request);
  const user = pool.users.find(username);
  if ((user === undefined || !user.enabled) && client.preventUserExistenceErrors) {
    return { CodeDeliveryDetails: deliveryDetails(madeUpDestination(pool.config, username)) };
  }
  if (user === undefined) throw unknownUser();
  if (user.status !== "UNCONFIRMED") throw invalidParameter("User is already confirmed.");
  const destination = verificationDestination(pool.config, user.attributes);
  if (destination === undefined) {
    throw notAuthorized("Cannot resend codes. Auto verification not turned on.");
  }
  const sent = withCode(user, "sign-up", pool.now(), destination.address);
  const details = await sendMessage(pool, {
    reason: "ResendCode",
    user: saveUser(pool, sent.user),
    destination,
    code: sent.code,
    clientId: client.id,
    clientMetadata: metadataOf(request),
  });
  return { CodeDeliveryDetails: details };
};

/** @throws CognitoError `NotAuthorizedException` */
export function assertUnconfirmed({ status }: User): void {
  if (status !== "UNCONFIRMED") {
    throw notAuthorized(`User cannot be confirmed. Current status is ${status}`);
  }
}

/** The code verifies the address that it was sent to, if the user still has it. */
function confirmedUser(user: User, sentTo: string | undefined): User {
  const proven = CONTACTS.find((name) => sentTo !== undefined && user.attributes[name] === sentTo);
  const flag: Attributes = proven === undefined ? {} : { [`${proven}_verified`]: "true" };
  return { ...user, status: "CONFIRMED", attributes: { ...user.attributes, ...flag } };
}

/** Only a pool that signs in without passwords has users without one. */
function passwordIn({ firstFactors }: PoolConfig, request: JsonObject): string | undefined {
  const password = textOf(request["Password"]);
  const passwordless = firstFactors.some((factor) => factor !== "PASSWORD");
  return passwordless && password === undefined ? undefined : requiredText(request, "Password");
}

/** Addresses start unverified; a trigger may vouch for those that are there. */
function verified(attributes: Attributes, verdict: JsonObject): Attributes {
  const is = (attribute: string, flag: string): Attributes =>
    attributes[attribute] === undefined ? {} : { [`${attribute}_verified`]: String(verdict[flag] === true) };
  return { ...is("email", "autoVerifyEmail"), ...is("phone_number", "autoVerifyPhone") };
}

export const signUpOperations: Operations = {
  SignUp: signUp,
  ConfirmSignUp: confirmSignUp,
  ResendConfirmationCode: resendConfirmationCode,
};
