import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../../json.ts";
import { assertSchema, type Writing } from "../directory/attribute-values.ts";
import type { Attributes, User, UserStatus } from "../directory/user.ts";
import { assertFree, type ChosenName, chosenName } from "../directory/usernames.ts";
import type { Pool } from "../pool.ts";
import { triggerEvent } from "../triggers/trigger-event.ts";
import { requiredText } from "./operation.ts";
import { attributesOf, metadataOf, validationDataOf } from "./request.ts";

/** Who is about to be. */
export interface NewUser {
  readonly chosen: ChosenName;
  readonly username: string;
  readonly sub: string;
  /** Without `sub`. */
  readonly attributes: Attributes;
}

/**
 * The user that a sign-up, or an administrator, asks for.
 *
 * @param existsText what the caller hears if the username is taken
 * @param writing who creates the user
 * @throws CognitoError
 */
export function newUser(pool: Pool, request: JsonObject, existsText: string, writing: Writing): NewUser {
  const sent = Object.entries(attributesOf(request["UserAttributes"]));
  const given = Object.fromEntries(sent.filter(([, value]) => value !== ""));
  const chosen = chosenName(pool.config, requiredText(request, "Username"), given);
  assertSchema(pool.config, chosen.attributes, writing);
  assertFree(pool.config, pool.users, chosen, existsText);
  const sub = randomUUID();
  // Where Cognito makes the username, it is the `sub`.
  return { chosen, username: chosen.username ?? sub, sub, attributes: chosen.attributes };
}

/** Asks the PreSignUp trigger; its answer is empty where the pool has none. @throws CognitoError of the trigger */
export async function askPreSignUp(
  pool: Pool,
  source: "PreSignUp_SignUp" | "PreSignUp_AdminCreateUser",
  { username, attributes }: NewUser,
  clientId: string | undefined,
  request: JsonObject,
): Promise<JsonObject> {
  if (!pool.config.triggers.has("PreSignUp")) return {};
  const call = {
    userName: username,
    clientId,
    clientMetadata: metadataOf(request),
    userAttributes: attributes,
  };
  const own = { validationData: validationDataOf(request) };
  const flags = { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false };
  return pool.runTrigger("PreSignUp", triggerEvent(pool.config.place, source, call, own, flags));
}

/** The record of a new user, without a password. */
export function userRecord(
  { username, sub }: Pick<NewUser, "username" | "sub">,
  attributes: Attributes,
  status: UserStatus,
  now: number,
): User {
  return {
    username,
    attributes: { sub, ...attributes },
    enabled: true,
    status,
    codes: {},
    mfa: { enabled: [] },
    groups: [],
    identities: [],
    createdAt: now,
    modifiedAt: now,
  };
}
