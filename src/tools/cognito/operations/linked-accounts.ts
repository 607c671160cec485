import { type JsonObject, objectOf, textOf } from "../../../json.ts";
import { CognitoError, invalidParameter, notSimulated } from "../cognito-error.ts";
import type { ProviderConfig } from "../config/pool-config.ts";
import type { User } from "../directory/user.ts";
import type { Pool } from "../pool.ts";
import { existingUser, type Operation, type Operations, requiredText, saveUser } from "./operation.ts";
import { inPool } from "./request.ts";

/** How many accounts of providers a user may have (quotas of Amazon Cognito). */
const MOST_ACCOUNTS = 5;

/** An account of a provider, as a request names it. */
interface Account {
  readonly provider: ProviderConfig;
  /** The subject that the provider gives. */
  readonly userId: string;
}

/** `AdminLinkProviderForUser`: the account, which never signed in here, signs in as this user from now on. */
const adminLinkProviderForUser: Operation = async (pool, request) => {
  const user = destinationUser(pool, objectOf(request["DestinationUser"]));
  const { provider, userId } = accountIn(pool, objectOf(request["SourceUser"]));
  const owner = pool.users.byIdentity(provider.name, userId);
  if (owner?.username === user.username) {
    throw invalidParameter("SourceUser is already linked to DestinationUser");
  }
  if (owner !== undefined || pool.users.find(`${provider.name}_${userId}`) !== undefined) {
    throw invalidParameter(
      "Merging is not currently supported, provide a SourceUser that has not been signed up in order to link",
    );
  }
  if (user.identities.length >= MOST_ACCOUNTS) {
    throw new CognitoError("LimitExceededException", "Maximum number of linked identities exceeded");
  }
  const linked = {
    providerName: provider.name,
    providerType: provider.type,
    userId,
    primary: false,
    createdAt: pool.now(),
  };
  saveUser(pool, { ...user, identities: [...user.identities, linked] });
  return {};
};

/** `AdminDisableProviderForUser`: the account signs in as this user no longer. */
const adminDisableProviderForUser: Operation = async (pool, request) => {
  const named = objectOf(request["User"]);
  if (named["ProviderName"] === "Cognito") {
    throw notSimulated("AdminDisableProviderForUser for a user with a password");
  }
  const { provider, userId } = accountIn(pool, named);
  const owner = pool.users.byIdentity(provider.name, userId);
  if (owner === undefined) throw new CognitoError("UserNotFoundException", "User does not exist.");
  const identities = owner.identities.filter(
    (identity) => identity.providerName !== provider.name || identity.userId !== userId,
  );
  saveUser(pool, { ...owner, identities });
  return {};
};

/** A local user by the username; one of a provider by its account. */
function destinationUser(pool: Pool, named: JsonObject): User {
  const value = requiredText(named, "ProviderAttributeValue");
  const provider = requiredText(named, "ProviderName");
  if (provider === "Cognito") return existingUser(pool, value);
  const user = pool.users.byIdentity(provider, value);
  if (user === undefined) throw new CognitoError("UserNotFoundException", "User does not exist.");
  return user;
}

function accountIn({ config }: Pool, named: JsonObject): Account {
  const name = requiredText(named, "ProviderName");
  const provider = config.providers.find((candidate) => candidate.name === name);
  if (provider === undefined) {
    throw new CognitoError("ResourceNotFoundException", `Identity provider ${name} does not exist.`);
  }
  const attribute = textOf(named["ProviderAttributeName"]);
  if (attribute !== undefined && attribute !== "Cognito_Subject") {
    throw notSimulated(`ProviderAttributeName ${attribute}: expected Cognito_Subject`);
  }
  return { provider, userId: requiredText(named, "ProviderAttributeValue") };
}

export const linkOperations: Operations = {
  AdminLinkProviderForUser: inPool(adminLinkProviderForUser),
  AdminDisableProviderForUser: inPool(adminDisableProviderForUser),
};
