import { randomUUID } from "node:crypto";
import { type JsonObject, textOf, textsOf } from "../../../../json.ts";
import type { LocalPool } from "../local-pool.ts";
import { assertPassword } from "../password-policy.ts";
import { preSignUpEvent } from "../trigger-event.ts";
import { metadataOf, newUser, toList, userRecord, validationDataOf } from "./new-user.ts";
import type { Operation } from "./operation.ts";

/**
 * `AdminCreateUser`: the trigger may refuse, its three flags are ignored, and no confirmation follows, ever:
 * the user gets no group from here.
 */
export const adminCreateUser: Operation = async (pool, request) => {
  const user = await newUser(pool, request);
  const password = textOf(request["TemporaryPassword"]) ?? `Tmp-${randomUUID()}-A1`;
  assertPassword(password, pool.plan.passwordPolicy);
  if (pool.plan.triggers.has("PreSignUp")) {
    const call = {
      userName: user.username,
      clientId: null,
      clientMetadata: metadataOf(request),
      userAttributes: user.attributes,
    };
    await pool.invoke(
      "PreSignUp",
      preSignUpEvent("PreSignUp_AdminCreateUser", call, validationDataOf(request)),
    );
  }
  const record = userRecord(pool, user, {
    password,
    status: "FORCE_CHANGE_PASSWORD",
    attributes: user.attributes,
  });
  await pool.stock.users.saveUser(pool.stock.context, record);
  if (request["MessageAction"] !== "SUPPRESS")
    mailPassword(pool, request, user.attributes["email"], password);
  return {
    User: {
      Username: record.Username,
      Attributes: toList({ sub: user.sub, ...user.attributes }),
      Enabled: true,
      UserStatus: record.UserStatus,
      UserCreateDate: seconds(record.UserCreateDate),
      UserLastModifiedDate: seconds(record.UserLastModifiedDate),
    },
  };
};

/** AWS sends by SMS unless told otherwise; here there is only mail. */
function mailPassword(pool: LocalPool, request: JsonObject, to: string | undefined, password: string): void {
  const mediums = textsOf(request["DesiredDeliveryMediums"]);
  if (to === undefined || (mediums.length > 0 && !mediums.includes("EMAIL"))) return;
  pool.mailbox.deliver({ to, about: "AdminCreateUser", code: password });
}

const seconds = (date: Date) => Math.floor(date.getTime() / 1000);
