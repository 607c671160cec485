import { randomUUID } from "node:crypto";
import { CognitoError, invalidParameter, notAuthorized } from "../../cognito/cognito-error.ts";
import type { ClientConfig, ProviderConfig } from "../../cognito/config/pool-config.ts";
import { assertSchema } from "../../cognito/directory/attribute-values.ts";
import type { Attributes, User } from "../../cognito/directory/user.ts";
import { claimAliases } from "../../cognito/operations/aliases.ts";
import { tellPostConfirmation } from "../../cognito/operations/confirmation.ts";
import { userRecord } from "../../cognito/operations/new-user.ts";
import { assertEnabled, saveUser } from "../../cognito/operations/operation.ts";
import type { Pool } from "../../cognito/pool.ts";
import { triggerAttributes } from "../../cognito/tokens/sign-in-tokens.ts";
import { triggerEvent } from "../../cognito/triggers/trigger-event.ts";
import { inboundClaims } from "./inbound-federation.ts";
import { mappedAttributes, type ProviderAccount } from "./provider-account.ts";

/**
 * The user whom an account of a provider signs in as: the one that it was linked to, or one of its own, who is created
 * at the first sign-in.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-federation.html
 *
 * @throws CognitoError of a trigger, for a disabled user, and where a required attribute is missing
 */
export async function federatedUser(
  pool: Pool,
  client: ClientConfig,
  provider: ProviderConfig,
  account: ProviderAccount,
): Promise<User> {
  const claims = await inboundClaims(pool, client, provider, account);
  const attributes = mappedAttributes(provider, claims);
  const known = pool.users.byIdentity(provider.name, account.id);
  return known === undefined
    ? firstSignIn(pool, client, provider, account, attributes)
    : laterSignIn(pool, client, known, attributes);
}

async function firstSignIn(
  pool: Pool,
  client: ClientConfig,
  provider: ProviderConfig,
  account: ProviderAccount,
  attributes: Attributes,
): Promise<User> {
  const username = `${provider.name}_${account.id}`;
  assertRequired(pool, attributes);
  assertSchema(pool.config, attributes, "administrator");
  await askPreSignUp(pool, client, username, attributes);
  // A trigger that links the account makes this sign-in fail; the next one finds the link.
  if (
    pool.users.byIdentity(provider.name, account.id) !== undefined ||
    pool.users.find(username) !== undefined
  ) {
    throw invalidParameter(`Already found an entry for username ${username}`);
  }
  const identity = {
    providerName: provider.name,
    providerType: provider.type,
    userId: account.id,
    primary: true,
    createdAt: pool.now(),
  };
  const user: User = {
    ...userRecord(
      { username, sub: randomUUID() },
      mergedAttributes({}, attributes),
      "EXTERNAL_PROVIDER",
      pool.now(),
    ),
    groups: [groupOfProvider(pool, provider)],
    identities: [identity],
  };
  pool.users.save(user);
  await tellPostConfirmation(pool, "PostConfirmation_ConfirmSignUp", user, client.id, undefined);
  return current(pool, user);
}

/** The only gate before the user is there; its flags do nothing here. */
async function askPreSignUp(
  pool: Pool,
  client: ClientConfig,
  userName: string,
  attributes: Attributes,
): Promise<void> {
  if (!pool.config.triggers.has("PreSignUp")) return;
  const userAttributes = { ...attributes, "cognito:email_alias": "", "cognito:phone_number_alias": "" };
  const call = { userName, clientId: client.id, clientMetadata: undefined, userAttributes };
  const flags = { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false };
  const source = "PreSignUp_ExternalProvider";
  await pool.runTrigger(
    "PreSignUp",
    triggerEvent(pool.config.place, source, call, { validationData: {} }, flags),
  );
}

/** What the provider says is taken over at each sign-in, for linked users, too. */
async function laterSignIn(
  pool: Pool,
  client: ClientConfig,
  user: User,
  attributes: Attributes,
): Promise<User> {
  assertEnabled(user);
  await tell(pool, client, "PreAuthentication", user, { validationData: null });
  const before = current(pool, user);
  const merged = mergedAttributes(before.attributes, attributes);
  const changed = Object.entries(merged).filter(([name, value]) => before.attributes[name] !== value);
  if (changed.length > 0) {
    assertSchema(pool.config, Object.fromEntries(changed), "update");
    if (before.status !== "EXTERNAL_PROVIDER") claimAliases(pool, before.username, merged);
    saveUser(pool, { ...before, attributes: merged });
  }
  await tell(pool, client, "PostAuthentication", user, { newDeviceUsed: false });
  return current(pool, user);
}

/** What the provider says replaces what was there. A new address that it does not vouch for is not verified. */
function mergedAttributes(before: Attributes, mapped: Attributes): Attributes {
  const flags = ["email", "phone_number"].flatMap((name) => {
    const flag = `${name}_verified`;
    if (mapped[name] === undefined || mapped[flag] !== undefined) return [];
    return [[flag, mapped[name] === before[name] ? (before[flag] ?? "false") : "false"] as const];
  });
  return { ...before, ...Object.fromEntries(flags), ...mapped };
}

async function tell(
  pool: Pool,
  client: ClientConfig,
  trigger: "PreAuthentication" | "PostAuthentication",
  user: User,
  request: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (!pool.config.triggers.has(trigger)) return;
  const userAttributes = triggerAttributes(user);
  const call = { userName: user.username, clientId: client.id, clientMetadata: undefined, userAttributes };
  const event = triggerEvent(pool.config.place, `${trigger}_Authentication`, call, request, {});
  await pool.runTrigger(trigger, event);
}

/** A trigger may have changed the user, or an administrator meanwhile. */
function current(pool: Pool, { username }: User): User {
  const user = pool.users.find(username);
  if (user === undefined) throw notAuthorized("User does not exist.");
  assertEnabled(user);
  return user;
}

function assertRequired({ config }: Pool, attributes: Attributes): void {
  const missing = config.schema.filter(
    ({ name, required }) => required && name !== "sub" && (attributes[name] ?? "") === "",
  );
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name).join(", ");
  throw new CognitoError("InvalidParameterException", `attributes required: [${names}]`);
}

/** Cognito makes a group for each provider, and puts the users into it that it creates; linked ones not. */
function groupOfProvider({ groups, config, now }: Pool, { name }: ProviderConfig): string {
  const group = `${config.place.userPoolId}_${name}`;
  if (groups.find(group) === undefined) {
    const description = `Autogenerated group for users who sign in using ${name}`;
    groups.save({ name: group, description, createdAt: now(), modifiedAt: now() });
  }
  return group;
}
