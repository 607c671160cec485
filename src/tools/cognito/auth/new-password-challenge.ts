import type { JsonObject } from "../../../json.ts";
import { invalidParameter, notAuthorized } from "../cognito-error.ts";
import { assertSchema, assertWritable } from "../directory/attribute-values.ts";
import type { Attributes, User } from "../directory/user.ts";
import { normalEmail } from "../directory/usernames.ts";
import { claimAliases } from "../operations/aliases.ts";
import { requiredText, saveUser } from "../operations/operation.ts";
import type { Pool } from "../pool.ts";
import type { Challenged } from "./challenges.ts";
import { withPassword } from "./new-password.ts";
import { type AuthCall, ask, type ChallengeStep } from "./step.ts";

const PREFIX = "userAttributes.";

/** Asks a user with a temporary password for one of their own, and for the required attributes that are missing. */
export function challengeNewPassword(call: AuthCall, user: User, whose: Challenged): ChallengeStep {
  const { sub: _, ...attributes } = user.attributes;
  const parameters = {
    USER_ID_FOR_SRP: user.username,
    requiredAttributes: JSON.stringify(missingAttributes(call.pool, user).map((name) => `${PREFIX}${name}`)),
    userAttributes: JSON.stringify(attributes),
  };
  return ask(call, whose, { name: "NEW_PASSWORD_REQUIRED" }, parameters);
}

/**
 * Takes the new password and attributes.
 *
 * @returns the user's record, which is confirmed
 * @throws CognitoError `InvalidPasswordException`, `PasswordHistoryPolicyViolationException`, `AliasExistsException`,
 *   `InvalidParameterException`, `NotAuthorizedException`
 */
export function withAnsweredPassword({ pool, client }: AuthCall, user: User, responses: JsonObject): User {
  const password = requiredText(responses, "NEW_PASSWORD");
  const given = normalEmail(pool.config, givenAttributes(responses));
  assertWritable(client, Object.keys(given));
  assertSchema(pool.config, given, "update");
  const modified = Object.keys(given).find((name) => isRequired(pool, name) && hasValue(user, name));
  if (modified !== undefined) throw notAuthorized(`Cannot modify an already provided ${modified}`);
  const missing = missingAttributes(pool, user).find((name) => (given[name] ?? "") === "");
  if (missing !== undefined) throw invalidParameter(`Invalid attributes given, ${missing} is missing`);
  const attributes = { ...user.attributes, ...given };
  const changed = withPassword(pool.config, user, password);
  claimAliases(pool, user.username, attributes);
  return saveUser(pool, { ...changed, status: "CONFIRMED", attributes });
}

function missingAttributes({ config }: Pool, user: User): readonly string[] {
  return config.schema
    .filter(({ name, required }) => required && name !== "sub" && !hasValue(user, name))
    .map(({ name }) => name);
}

const isRequired = ({ config }: Pool, name: string) =>
  config.usernameAttributes.includes(name) ||
  config.schema.some((attribute) => attribute.name === name && attribute.required);

const hasValue = ({ attributes }: User, name: string) => (attributes[name] ?? "") !== "";

function givenAttributes(responses: JsonObject): Attributes {
  return Object.fromEntries(
    Object.entries(responses).flatMap(([key, value]) =>
      key.startsWith(PREFIX) && typeof value === "string" ? [[key.slice(PREFIX.length), value]] : [],
    ),
  );
}
