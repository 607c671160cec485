import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../../json.ts";
import { textMapOf, textOf } from "../../../json.ts";
import { CognitoError } from "../cognito-error.ts";
import { assertSchema } from "../directory/attribute-values.ts";
import type { Attributes, User } from "../directory/user.ts";
import { assertFree, chosenName } from "../directory/usernames.ts";
import { claimAliases } from "../operations/aliases.ts";
import { userRecord } from "../operations/new-user.ts";
import { passwordRecord } from "./password-record.ts";
import { type AuthCall, authEvent } from "./step.ts";

/**
 * The user that the UserMigration trigger knows under this name, now in the pool. The password policy does not
 * apply to the migrated password, as on AWS.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html
 *
 * @param password undefined where the user forgot it
 * @returns undefined if there is no such trigger, or it does not know the user
 * @throws CognitoError `UserNotFoundException` where it fails, unless the client hides who exists
 */
export async function migratedUser(
  call: AuthCall,
  name: string,
  password?: string,
): Promise<User | undefined> {
  const { pool, client, validationData } = call;
  if (!pool.config.triggers.has("UserMigration")) return undefined;
  const request = password === undefined ? {} : { password, validationData: validationData ?? null };
  const source = password === undefined ? "UserMigration_ForgotPassword" : "UserMigration_Authentication";
  try {
    const response = await pool.runTrigger(
      "UserMigration",
      authEvent(call, source, name, request, UNANSWERED),
    );
    const attributes = textMapOf(response["userAttributes"]);
    if (attributes === undefined || Object.keys(attributes).length === 0) return undefined;
    return created(call, name, password, attributes, response);
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error;
    if (client.preventUserExistenceErrors) return undefined;
    throw new CognitoError("UserNotFoundException", `Exception migrating user in app client ${client.id}`);
  }
}

const UNANSWERED: JsonObject = {
  userAttributes: null,
  finalUserStatus: null,
  messageAction: null,
  desiredDeliveryMediums: null,
  forceAliasCreation: null,
};

function created(
  { pool }: AuthCall,
  name: string,
  password: string | undefined,
  { username: ownName, sub: _, ...given }: Attributes,
  response: JsonObject,
): User {
  const { config } = pool;
  // Where users sign in by an alias, the trigger says what the username is.
  const asked = config.usernameAttributes.length > 0 ? name : (ownName ?? name);
  const chosen = chosenName(config, asked, given);
  assertSchema(config, chosen.attributes, "administrator");
  assertFree(config, pool.users, chosen, "User already exists");
  const sub = randomUUID();
  const username = chosen.username ?? sub;
  claimAliases(pool, username, chosen.attributes, response["forceAliasCreation"] === true);
  const status = textOf(response["finalUserStatus"]) === "RESET_REQUIRED" ? "RESET_REQUIRED" : "CONFIRMED";
  const record = userRecord({ username, sub }, chosen.attributes, status, pool.now());
  const user: User = {
    ...record,
    ...(response["enableSMSMFA"] === true ? { mfa: { enabled: ["SMS_MFA"] } } : {}),
    ...(password === undefined
      ? {}
      : { password: passwordRecord(config.place.userPoolId, username, password) }),
  };
  pool.users.save(user);
  return user;
}
