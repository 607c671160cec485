import type { ClientConfig } from "../config/pool-config.ts";
import type { Attributes } from "../directory/user.ts";

const isProfile = (name: string) => PROFILE.has(name) || name.startsWith("custom:");

const PROFILE: ReadonlySet<string> = new Set([
  "name",
  "family_name",
  "given_name",
  "middle_name",
  "nickname",
  "preferred_username",
  "profile",
  "picture",
  "website",
  "gender",
  "birthdate",
  "zoneinfo",
  "locale",
  "updated_at",
]);

/** Scope of OpenID Connect -> whether it shows an attribute. */
const SHOWN_BY: ReadonlyMap<string, (name: string) => boolean> = new Map([
  ["profile", isProfile],
  ["email", (name: string) => name === "email" || name === "email_verified"],
  ["phone", (name: string) => name === "phone_number" || name === "phone_number_verified"],
]);

/**
 * The attributes of a user that ID tokens and `/oauth2/userInfo` show: those that the client may read, within the
 * scopes `profile`, `email` and `phone`. Without any of these three, e.g. with `openid` alone, there is no such limit.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/userinfo-endpoint.html
 */
export function readableAttributes(
  attributes: Attributes,
  { readAttributes }: ClientConfig,
  scopes: readonly string[],
): Attributes {
  const limits = scopes.flatMap((scope) => SHOWN_BY.get(scope) ?? []);
  const readable = Object.entries(attributes).filter(
    ([name]) =>
      name === "sub" ||
      ((readAttributes === undefined || readAttributes.includes(name)) &&
        (limits.length === 0 || limits.some((shows) => shows(name)))),
  );
  return Object.fromEntries(readable);
}
