import { type JsonObject, textOf, textsOf } from "../../../json.ts";
import { invalidParameter } from "../cognito-error.ts";
import { assertWritable, withoutAttributes } from "../directory/attribute-values.ts";
import type { User } from "../directory/user.ts";
import { expiredCode, provenCode, withCode, withoutCode } from "../messages/codes.ts";
import type { ContactAttribute } from "../messages/destination.ts";
import { sendMessage } from "../messages/send-message.ts";
import { clientOf, type Pool } from "../pool.ts";
import { tokenCaller } from "../tokens/access-token-guard.ts";
import { claimAliases } from "./aliases.ts";
import { changeAttributes } from "./attribute-changes.ts";
import { type Operation, type Operations, requiredText, saveUser } from "./operation.ts";
import { attributeList, attributesOf, metadataOf } from "./request.ts";
import { mfaFacts, shownAttributes } from "./user-answer.ts";

// What users do to their own record, by an access token.

/** The user, and the client that the token was made for. */
function caller(pool: Pool, request: JsonObject) {
  const { user, claims } = tokenCaller(pool, requiredText(request, "AccessToken"));
  return { user, client: clientOf(pool.config, textOf(claims["client_id"])) };
}

/** `GetUser`: what the client of the access token may read. */
const getUser: Operation = async (pool, request) => {
  const { user, client } = caller(pool, request);
  const { readAttributes } = client;
  const readable = Object.entries(shownAttributes(user)).filter(
    ([name]) => name === "sub" || readAttributes === undefined || readAttributes.includes(name),
  );
  return {
    Username: user.username,
    UserAttributes: attributeList(Object.fromEntries(readable)),
    ...mfaFacts(user),
  };
};

/** `UpdateUserAttributes`: a user writes what the client of the access token may write, and nothing else. */
const updateUserAttributes: Operation = async (pool, request) => {
  const { user, client } = caller(pool, request);
  const given = attributesOf(request["UserAttributes"]);
  assertWritable(client, Object.keys(given));
  const details = await changeAttributes(pool, user, given, client.id, metadataOf(request));
  return { CodeDeliveryDetailsList: details };
};

const deleteUserAttributes: Operation = async (pool, request) => {
  const { user, client } = caller(pool, request);
  const names = textsOf(request["UserAttributeNames"]);
  assertWritable(client, names);
  saveUser(pool, { ...user, attributes: withoutAttributes(pool.config, user.attributes, names) });
  return {};
};

/** `GetUserAttributeVerificationCode`: another code, to the new address where one waits to be verified. */
const getUserAttributeVerificationCode: Operation = async (pool, request) => {
  const { user, client } = caller(pool, request);
  const attribute = contactIn(request);
  const waiting = user.codes[attribute]?.value;
  const address = waiting ?? user.attributes[attribute];
  if (address === undefined) throw invalidParameter(`the user has no \`${attribute}\` to verify`);
  const sent = withCode(user, attribute, pool.now(), address, waiting);
  const details = await sendMessage(pool, {
    reason: "VerifyUserAttribute",
    user: saveUser(pool, sent.user),
    destination: { attribute, address },
    code: sent.code,
    clientId: client.id,
    clientMetadata: metadataOf(request),
  });
  return { CodeDeliveryDetails: details };
};

/** `VerifyUserAttribute`: the code proves the address; one that waited for it is in force now. */
const verifyUserAttribute: Operation = async (pool, request) => {
  const { user } = caller(pool, request);
  const attribute = contactIn(request);
  const { value, sentTo } = provenCode(pool, user, attribute, requiredText(request, "Code"));
  // The address may have changed since: the code proves the one that it went to.
  if (sentTo !== (value ?? user.attributes[attribute])) throw expiredCode();
  const proven: User = {
    ...withoutCode(user, attribute),
    attributes: {
      ...user.attributes,
      ...(value === undefined ? {} : { [attribute]: value }),
      [`${attribute}_verified`]: "true",
    },
  };
  claimAliases(pool, user.username, proven.attributes);
  saveUser(pool, proven);
  return {};
};

const deleteUser: Operation = async (pool, request) => {
  forgetUser(pool, caller(pool, request).user);
  return {};
};

/** Deletes a user with all sign-ins. */
export function forgetUser(pool: Pool, { username }: User): void {
  pool.users.delete(username);
  pool.signIns.deleteAllOf(username);
}

function contactIn(request: JsonObject): ContactAttribute {
  const name = requiredText(request, "AttributeName");
  if (name === "email" || name === "phone_number") return name;
  throw invalidParameter(
    `the attribute \`${name}\` cannot be verified: expected \`email\` or \`phone_number\``,
  );
}

export const ownUserOperations: Operations = {
  GetUser: getUser,
  UpdateUserAttributes: updateUserAttributes,
  DeleteUserAttributes: deleteUserAttributes,
  GetUserAttributeVerificationCode: getUserAttributeVerificationCode,
  VerifyUserAttribute: verifyUserAttribute,
  DeleteUser: deleteUser,
};
