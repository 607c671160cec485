import { randomInt, randomUUID } from "node:crypto";
import { type JsonObject, textOf } from "../../../json.ts";
import { LOCAL } from "../identifiers.ts";
import {
  openCognitoLocal,
  STANDARD_ATTRIBUTES,
  type StockCognito,
  type StockHooks,
  type StoredUser,
} from "./cognito-local.ts";
import { Mailbox } from "./mailbox.ts";
import { groupsOfPolicy } from "./policy-groups.ts";
import type { ClientPlan, GroupPlan, PoolPlan } from "./pool-plan.ts";
import { issueTokens, recordOf } from "./tokens/issue-tokens.ts";
import { API_SCOPE, type SignIn } from "./tokens/stock-claims.ts";
import { clientOf, type PoolKeys, TokenIssuer } from "./tokens/token-issuer.ts";
import { postConfirmationEvent } from "./trigger-event.ts";
import type { InvokeTrigger } from "./trigger-invoker.ts";

/** Everything that an operation of the emulated pool works with. */
export interface LocalPool {
  readonly plan: PoolPlan;
  readonly keys: PoolKeys;
  readonly stock: StockCognito;
  readonly issuer: TokenIssuer;
  readonly mailbox: Mailbox;
  readonly invoke: InvokeTrigger;
  readonly now: () => Date;
  /**
   * Gives the pool the groups of the policy as it is now, as a deployment would; none where it would not be deployed.
   *
   * @returns the names of those that are new
   */
  readonly takeGroups: () => Promise<readonly string[]>;
  /** Sessions of open challenges -> the user that each belongs to. */
  readonly sessions: Map<string, string>;
  /** Refresh tokens that were exchanged and still count for a while. They are in no user's record any more. */
  readonly exchanged: Map<string, ExchangedToken>;
}

interface ExchangedToken {
  readonly username: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/**
 * Opens the pool that the template plans on the users of a data directory: its clients, groups and attributes
 * are brought up to date, its users are left alone.
 *
 * @param policies the directory of the policy, which may name more groups while the pool is open
 */
export async function openLocalPool(
  directory: string,
  plan: PoolPlan,
  keys: PoolKeys,
  invoke: InvokeTrigger,
  policies: string,
): Promise<LocalPool> {
  const now = () => new Date();
  const mailbox = new Mailbox();
  const issuer = new TokenIssuer(plan, keys, invoke, now);
  const hooks = hooksOf(plan, issuer, mailbox, invoke, now, () => stock);
  const stock: StockCognito = await openCognitoLocal(
    directory,
    LOCAL.userPoolId,
    plan.usernameAttributes,
    hooks,
  );
  await bringUpToDate(stock, plan, now());
  const takeGroups = () => saveGroups(stock, groupsInForce(policies, plan.groups), now());
  await takeGroups();
  const sessions = new Map<string, string>();
  const exchanged = new Map<string, ExchangedToken>();
  return { plan, keys, stock, issuer, mailbox, invoke, now, takeGroups, sessions, exchanged };
}

function hooksOf(
  plan: PoolPlan,
  issuer: TokenIssuer,
  mailbox: Mailbox,
  invoke: InvokeTrigger,
  now: () => Date,
  stock: () => StockCognito,
): StockHooks {
  return {
    otp: confirmationCode,
    messages: {
      deliver(_context, about, _clientId, _poolId, _user, code, _metadata, { Destination: to }) {
        mailbox.deliver({ to, about, code });
        return Promise.resolve();
      },
    },
    triggers: {
      enabled: (trigger) => trigger === "PostConfirmation" && plan.triggers.has(trigger),
      async postConfirmation(_context, call) {
        const { clientId, clientMetadata, username: userName } = call;
        const source =
          call.source === "PostConfirmation_ConfirmForgotPassword"
            ? call.source
            : "PostConfirmation_ConfirmSignUp";
        const userAttributes = recordOf(call.userAttributes);
        await invoke(
          "PostConfirmation",
          postConfirmationEvent(source, { userName, clientId, clientMetadata, userAttributes }),
        );
      },
    },
    tokenGenerator: {
      async generate(_context, user, _groups, { ClientId }, clientMetadata, source) {
        const client = clientOf(plan, ClientId);
        const signIn = newSignIn(client, source, now());
        const from = triggerSource(source, user);
        return issueTokens({ issuer, stock: stock() }, user, client, signIn, from, clientMetadata);
      },
    },
  };
}

/** cognito-local names the source after the call; a temporary password makes it a challenge. */
function triggerSource(source: string, user: StoredUser): string {
  return source === "Authentication" && user.UserStatus === "FORCE_CHANGE_PASSWORD"
    ? "TokenGeneration_NewPasswordChallenge"
    : `TokenGeneration_${source}`;
}

function newSignIn(client: ClientPlan, source: string, now: Date): SignIn {
  return {
    originJti: randomUUID(),
    authTime: Math.floor(now.getTime() / 1000),
    scopes: source === "HostedAuth" ? client.scopes : [API_SCOPE],
  };
}

/** Six digits, as Cognito mails them. */
export function confirmationCode(): string {
  return String(randomInt(1_000_000)).padStart(6, "0");
}

async function bringUpToDate({ users, context }: StockCognito, plan: PoolPlan, now: Date): Promise<void> {
  await users.updateOptions(context, {
    ...users.options,
    Id: LOCAL.userPoolId,
    UsernameAttributes: [...plan.usernameAttributes],
    AutoVerifiedAttributes: [...plan.autoVerifiedAttributes],
    UserAttributeUpdateSettings: plan.attributeUpdates,
    MfaConfiguration: "OFF",
    SchemaAttributes: schemaOf(plan),
  });
  for (const client of plan.clients) await users.saveAppClient(context, clientRecord(client, now));
  await saveGroups({ users, context }, plan.groups, now);
}

/** Creates and updates the groups; members stay. @returns the names of those that are new */
async function saveGroups(
  { users, context }: Pick<StockCognito, "users" | "context">,
  groups: readonly GroupPlan[],
  now: Date,
): Promise<readonly string[]> {
  const existing = await users.listGroups(context);
  const before = new Map(existing.map((group) => [group.GroupName, group]));
  for (const group of groups) {
    const record = { CreationDate: now, ...before.get(group.name), LastModifiedDate: now };
    await users.saveGroup(context, { ...record, ...groupRecord(group) });
  }
  return groups.map(({ name }) => name).filter((name) => !before.has(name));
}

function groupsInForce(policies: string, packaged: readonly GroupPlan[]): readonly GroupPlan[] {
  try {
    return groupsOfPolicy(policies, packaged);
  } catch {
    // The watch of the policy reports what is wrong with it.
    return [];
  }
}

/** Attributes of the template's own; a name that AWS knows stays AWS's, every other is `custom:`. */
function schemaOf(plan: PoolPlan): JsonObject[] {
  const standard = new Set(STANDARD_ATTRIBUTES.map((attribute) => attribute["Name"]));
  const own = plan.schema
    .filter((attribute) => !standard.has(attribute["Name"]))
    .map((attribute) => ({ ...attribute, Name: `custom:${textOf(attribute["Name"]) ?? ""}` }))
    .map((attribute) => ({ Mutable: true, Required: false, DeveloperOnlyAttribute: false, ...attribute }));
  return [...STANDARD_ATTRIBUTES, ...own];
}

function clientRecord(client: ClientPlan, now: Date): JsonObject {
  return {
    UserPoolId: LOCAL.userPoolId,
    ClientId: client.id,
    ClientName: client.name,
    ClientSecret: client.secret,
    AllowedOAuthFlows: [...client.flows],
    AllowedOAuthScopes: [...client.scopes],
    CallbackURLs: [...client.callbackUrls],
    CreationDate: now,
    LastModifiedDate: now,
  };
}

function groupRecord(group: GroupPlan) {
  return {
    GroupName: group.name,
    Description: group.description,
    Precedence: group.precedence,
    RoleArn: group.roleArn,
  };
}
