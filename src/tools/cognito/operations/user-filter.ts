import { invalidParameter } from "../cognito-error.ts";
import type { User } from "../directory/user.ts";
import type { Pool } from "../pool.ts";

/** The attributes that ListUsers can search for: none of a pool's own are among them. */
const ATTRIBUTES: ReadonlySet<string> = new Set([
  "sub",
  "email",
  "phone_number",
  "name",
  "given_name",
  "family_name",
  "preferred_username",
]);

/** What a filter compares with. */
interface Filter {
  readonly attribute: string;
  readonly prefix: boolean;
  readonly value: string;
}

/**
 * The users of a filter, `given_name = "Jon"` or `given_name ^= "Jo"`. An exact username or `sub` is looked up, not
 * searched for.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/how-to-manage-user-accounts.html
 *
 * @throws CognitoError `InvalidParameterException`
 */
export function filteredUsers(pool: Pool, text: string): readonly User[] {
  if (text.trim() === "") return pool.users.all();
  const filter = parsedFilter(text);
  const candidates = isName(filter) ? [pool.users.find(filter.value) ?? []].flat() : pool.users.all();
  return candidates.filter((user) => matches(pool, user, filter));
}

function parsedFilter(text: string): Filter {
  const [, attribute = "", sign, quoted] =
    /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/.exec(text) ?? [];
  if (sign === undefined || quoted === undefined) throw invalidParameter("Error while parsing filter.");
  const known =
    ATTRIBUTES.has(attribute) || ["username", "status", "cognito:user_status"].includes(attribute);
  if (!known) throw invalidParameter(`Invalid search attribute: ${attribute}`);
  return { attribute, prefix: sign === "^=", value: quoted.replace(/\\(.)/g, "$1") };
}

/** Whether one user at most has this value, whom the directory finds by it. */
const isName = ({ attribute, prefix }: Filter) =>
  !prefix && (attribute === "username" || attribute === "sub");

function matches({ config }: Pool, user: User, { attribute, prefix, value }: Filter): boolean {
  const folds =
    attribute === "cognito:user_status" || (attribute === "email" && !config.usernameCaseSensitive);
  const fold = (text: string) => (folds ? text.toLowerCase() : text);
  const kept = searchedValue(user, attribute);
  if (kept === undefined) return false;
  return prefix ? fold(kept).startsWith(fold(value)) : fold(kept) === fold(value);
}

function searchedValue(
  { username, status, enabled, attributes }: User,
  attribute: string,
): string | undefined {
  if (attribute === "username") return username;
  if (attribute === "status") return enabled ? "Enabled" : "Disabled";
  if (attribute === "cognito:user_status") return status;
  return attributes[attribute];
}
