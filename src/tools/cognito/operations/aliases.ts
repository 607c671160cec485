import { CognitoError } from "../cognito-error.ts";
import type { Attributes, User } from "../directory/user.ts";
import type { Pool } from "../pool.ts";

/** The attributes that a user signs in with: verified aliases, and addresses that are usernames. */
function aliasesIn({ config }: Pool, attributes: Attributes): readonly string[] {
  const verified = config.aliasAttributes.filter(
    (name) => name === "preferred_username" || attributes[`${name}_verified`] === "true",
  );
  return [...config.usernameAttributes, ...verified].filter((name) => (attributes[name] ?? "") !== "");
}

/**
 * Makes sure that nobody else signs in by the names of a user. Where the caller forces it, an alias moves: its former
 * owner keeps the address, no longer verified.
 *
 * @throws CognitoError `AliasExistsException`
 */
export function claimAliases(pool: Pool, username: string, attributes: Attributes, force = false): void {
  for (const name of aliasesIn(pool, attributes)) {
    const owner = pool.users.find(attributes[name] ?? "");
    if (owner === undefined || owner.username === username) continue;
    if (!force || !pool.config.aliasAttributes.includes(name) || !isAlias(owner, name, attributes[name])) {
      throw new CognitoError("AliasExistsException", `An account with the given ${name} already exists.`);
    }
    pool.users.save(withoutAlias(owner, name, pool.now()));
  }
}

const isAlias = (owner: User, name: string, value: string | undefined) =>
  owner.attributes[name]?.toLowerCase() === value?.toLowerCase();

function withoutAlias(user: User, name: string, now: number): User {
  if (name !== "preferred_username") {
    return { ...user, attributes: { ...user.attributes, [`${name}_verified`]: "false" }, modifiedAt: now };
  }
  const { preferred_username: _, ...attributes } = user.attributes;
  return { ...user, attributes, modifiedAt: now };
}
