import { CognitoError, invalidParameter } from "../cognito-error.ts";
import type { PoolConfig } from "../config/pool-config.ts";
import type { Attributes } from "./user.ts";
import type { UserDirectory } from "./user-directory.ts";

/** The username, and the attributes with the address that stands for it. */
export interface ChosenName {
  /** As the user signs in; undefined where Cognito makes the username. */
  readonly username: string | undefined;
  readonly attributes: Attributes;
}

const ADDRESS_WORDS: Readonly<Record<string, string>> = { email: "an email", phone_number: "a phone number" };

/**
 * The name that a new user asks for. Where addresses are usernames, Cognito makes the username, and the address becomes
 * an attribute; where addresses are aliases, the username itself is none.
 *
 * @throws CognitoError `InvalidParameterException`
 */
export function chosenName(config: PoolConfig, asked: string, given: Attributes): ChosenName {
  assertUsername(asked);
  const attributes = normalEmail(config, given);
  const form = formOf(asked);
  const { usernameAttributes, aliasAttributes } = config;
  if (usernameAttributes.length > 0) {
    if (form === undefined || !usernameAttributes.includes(form)) throw invalidParameter(expected(config));
    const address = form === "email" ? normalEmail(config, { email: asked })["email"] : asked;
    return {
      username: undefined,
      attributes: { ...attributes, [form]: attributes[form] ?? address ?? asked },
    };
  }
  if (form !== undefined && aliasAttributes.includes(form)) {
    const words = form === "email" ? "email" : "phone number";
    throw invalidParameter(
      `Username cannot be of ${words} format, since user pool is configured for ${words} alias.`,
    );
  }
  return { username: asked, attributes };
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html */
function assertUsername(username: string): void {
  if (/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u.test(username)) return;
  throw invalidParameter(
    `1 validation error detected: Value '${username}' at 'username' failed to satisfy constraint: ` +
      "Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+",
  );
}

/** In a case-insensitive pool an address is kept in one spelling, so that it is compared as it is. */
export function normalEmail({ usernameCaseSensitive }: PoolConfig, attributes: Attributes): Attributes {
  const email = attributes["email"];
  if (email === undefined || usernameCaseSensitive) return attributes;
  return { ...attributes, email: email.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) };
}

/** @throws CognitoError `UsernameExistsException` */
export function assertFree(
  config: PoolConfig,
  users: UserDirectory,
  { username, attributes }: ChosenName,
  text: string,
): void {
  if (username !== undefined && users.find(username) !== undefined) {
    throw new CognitoError("UsernameExistsException", text);
  }
  for (const name of config.usernameAttributes) {
    const address = attributes[name];
    if (address === undefined || address === "" || users.find(address) === undefined) continue;
    throw new CognitoError("UsernameExistsException", `An account with the given ${name} already exists.`);
  }
}

function formOf(name: string): "email" | "phone_number" | undefined {
  if (/^[^\s@]+@[^\s@]+$/.test(name)) return "email";
  return /^\+\d{1,15}$/.test(name) ? "phone_number" : undefined;
}

function expected({ usernameAttributes }: PoolConfig): string {
  if (usernameAttributes.length > 1) return "Username should be either an email or a phone number.";
  return `Username should be ${ADDRESS_WORDS[usernameAttributes[0] ?? ""] ?? "an email"}.`;
}
