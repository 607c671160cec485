import { CognitoError, notAuthorized } from "../cognito-error.ts";
import type { StoredUser } from "../cognito-local.ts";
import { confirmationCode } from "../local-pool.ts";
import { recordOf } from "../tokens/issue-tokens.ts";
import { metadataOf, toList } from "./new-user.ts";
import { existingUser, findUser, type Operation, requiredText, saveUser, userClient } from "./operation.ts";
import { confirm, mailCode } from "./sign-up.ts";

/** `ConfirmSignUp`: the code proves the address that it was mailed to. */
export const confirmSignUp: Operation = async (pool, request) => {
  const client = userClient(pool, request);
  const user = await findUser(pool, requiredText(request, "Username"));
  const code = requiredText(request, "ConfirmationCode");
  if (user === null) {
    throw new CognitoError("ExpiredCodeException", "Invalid code provided, please request a code again.");
  }
  assertUnconfirmed(user);
  if (user.ConfirmationCode !== code) {
    throw new CognitoError("CodeMismatchException", "Invalid verification code provided, please try again.");
  }
  const proven = pool.plan.autoVerifiedAttributes.includes("email") ? { email_verified: "true" } : {};
  const confirmed: StoredUser = {
    ...user,
    UserStatus: "CONFIRMED",
    ConfirmationCode: undefined,
    Attributes: toList({ ...recordOf(user.Attributes), ...proven }),
  };
  await saveUser(pool, confirmed);
  await confirm(pool, confirmed, client.id, metadataOf(request));
  return {};
};

/** `ResendConfirmationCode`: a new code; the old one no longer counts. */
export const resendConfirmationCode: Operation = async (pool, request) => {
  userClient(pool, request);
  const user = await existingUser(pool, requiredText(request, "Username"));
  assertUnconfirmed(user);
  const renewed: StoredUser = { ...user, ConfirmationCode: confirmationCode() };
  await saveUser(pool, renewed);
  return { CodeDeliveryDetails: mailCode(pool, renewed, "ResendCode") };
};

function assertUnconfirmed(user: StoredUser): void {
  if (user.UserStatus !== "UNCONFIRMED") {
    throw notAuthorized(`User cannot be confirmed. Current status is ${user.UserStatus}`);
  }
}
