import { randomUUID } from "node:crypto";
import { textMapOf, textOf } from "../../../json.ts";
import { CognitoError } from "../cognito-error.ts";
import type { Attributes, User, UserStatus } from "../directory/user.ts";
import { passwordRecord } from "./password-record.ts";
import { type AuthCall, authEvent } from "./step.ts";

/**
 * The user that the UserMigration trigger knows under this name and password, now in the pool.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html
 *
 * @returns undefined if there is no such trigger, or it does not know the user
 */
export async function migratedUser(
  call: AuthCall,
  name: string,
  password: string,
): Promise<User | undefined> {
  const { pool, validationData } = call;
  if (!pool.config.triggers.has("UserMigration")) return undefined;
  const event = authEvent(
    call,
    "UserMigration_Authentication",
    name,
    { password, validationData: validationData ?? null },
    { userAttributes: null, finalUserStatus: null, messageAction: null, desiredDeliveryMediums: null },
  );
  const response = await answerOf(call, event);
  const attributes = textMapOf(response?.["userAttributes"]);
  if (attributes === undefined || Object.keys(attributes).length === 0) return undefined;
  const status = textOf(response?.["finalUserStatus"]) === "CONFIRMED" ? "CONFIRMED" : "RESET_REQUIRED";
  return createdUser(call, name, password, attributes, status);
}

async function answerOf({ pool, client }: AuthCall, event: Parameters<AuthCall["pool"]["runTrigger"]>[1]) {
  try {
    return await pool.runTrigger("UserMigration", event);
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error;
    if (client.preventUserExistenceErrors) return undefined;
    throw new CognitoError("UserNotFoundException", `Exception migrating user in app client ${client.id}`);
  }
}

function createdUser(
  { pool }: AuthCall,
  name: string,
  password: string,
  { username: ownName, ...attributes }: Attributes,
  status: UserStatus,
): User {
  const { place, usernameAttributes } = pool.config;
  const sub = randomUUID();
  const username = usernameAttributes.length > 0 ? sub : (ownName ?? name);
  const now = pool.now();
  const user: User = {
    username,
    attributes: { sub, ...attributes },
    enabled: true,
    status,
    password: passwordRecord(place.userPoolId, username, password),
    codes: {},
    mfa: { enabled: [] },
    groups: [],
    identities: [],
    createdAt: now,
    modifiedAt: now,
  };
  pool.users.save(user);
  return user;
}
