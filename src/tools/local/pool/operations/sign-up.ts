import type { JsonObject } from "../../../../json.ts";
import { notAuthorized } from "../cognito-error.ts";
import type { StoredUser } from "../cognito-local.ts";
import { confirmationCode, type LocalPool } from "../local-pool.ts";
import { assertPassword } from "../password-policy.ts";
import { triggerAttributes } from "../tokens/issue-tokens.ts";
import { type Attributes, postConfirmationEvent, preSignUpEvent } from "../trigger-event.ts";
import {
  assertWritable,
  attributesOf,
  metadataOf,
  newUser,
  userRecord,
  validationDataOf,
} from "./new-user.ts";
import { type Operation, requiredText, userClient } from "./operation.ts";

/** `SignUp`: the password policy, the trigger, the user, the code by mail. */
export const signUp: Operation = async (pool, request) => {
  const client = userClient(pool, request);
  if (pool.plan.adminCreateUserOnly) throw notAuthorized("SignUp is not permitted for this user pool");
  const password = requiredText(request, "Password");
  assertPassword(password, pool.plan.passwordPolicy);
  assertWritable(attributesOf(request["UserAttributes"]), client);
  const user = await newUser(pool, request);
  const clientMetadata = metadataOf(request);
  const call = {
    userName: user.username,
    clientId: client.id,
    clientMetadata,
    userAttributes: user.attributes,
  };
  const verdict = pool.plan.triggers.has("PreSignUp")
    ? await pool.invoke("PreSignUp", preSignUpEvent("PreSignUp_SignUp", call, validationDataOf(request)))
    : {};
  const confirmed = verdict["autoConfirmUser"] === true;
  const record = userRecord(pool, user, {
    password,
    status: confirmed ? "CONFIRMED" : "UNCONFIRMED",
    attributes: { ...user.attributes, ...verified(user.attributes, verdict) },
    code: confirmationCode(),
  });
  await pool.stock.users.saveUser(pool.stock.context, record);
  const delivery = confirmed ? undefined : mailCode(pool, record, "SignUp");
  if (confirmed) await confirm(pool, record, client.id, clientMetadata);
  return {
    UserConfirmed: confirmed,
    UserSub: user.sub,
    ...(delivery === undefined ? {} : { CodeDeliveryDetails: delivery }),
  };
};

/** Addresses start unverified; a trigger may vouch for those that are there. */
function verified(attributes: Attributes, verdict: JsonObject): Attributes {
  const is = (attribute: string, flag: string): Attributes =>
    attributes[attribute] === undefined ? {} : { [`${attribute}_verified`]: String(verdict[flag] === true) };
  return { ...is("email", "autoVerifyEmail"), ...is("phone_number", "autoVerifyPhone") };
}

/** Puts the user's code in the mailbox. */
export function mailCode(pool: LocalPool, user: StoredUser, about: string): JsonObject | undefined {
  const to = user.Attributes.find(({ Name }) => Name === "email")?.Value;
  if (to === undefined || user.ConfirmationCode === undefined) return undefined;
  if (!pool.plan.autoVerifiedAttributes.includes("email")) return undefined;
  pool.mailbox.deliver({ to, about, code: user.ConfirmationCode });
  return { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: masked(to) };
}

/** Tells the post-confirmation trigger. Its failure reaches the caller, and the user stays confirmed. */
export async function confirm(
  pool: LocalPool,
  user: StoredUser,
  clientId: string | null,
  clientMetadata: Attributes | undefined,
): Promise<void> {
  if (!pool.plan.triggers.has("PostConfirmation")) return;
  const userAttributes = triggerAttributes(user);
  const call = { userName: user.Username, clientId, clientMetadata, userAttributes };
  await pool.invoke("PostConfirmation", postConfirmationEvent("PostConfirmation_ConfirmSignUp", call));
}

/** `alice@example.com` as AWS shows it: `a***@e***`. */
function masked(email: string): string {
  const at = email.lastIndexOf("@");
  return `${email.slice(0, 1)}***@${email.slice(at + 1, at + 2)}***`;
}
