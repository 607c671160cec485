import { ClaimgateError, ConfigurationError } from "../errors.ts";
import { unconditionalPermissions } from "../policy/granted.ts";
import type { Policy } from "../policy/policy.ts";
import { subjectsHeld } from "../policy/roles.ts";
import { AUTHENTICATED, MACHINE, machineSubjects, type Subject, userSubjects } from "../policy/subject.ts";
import { isAutomaticGroup } from "./assignable-groups.ts";
import type { MachineTokenEvent, UserAttributes, UserTokenEvent } from "./events.ts";
import { attributeOf } from "./read-event.ts";
import type { CopiedClaims } from "./reserved-claims.ts";

/** The content that the trigger adds to tokens, independent of the trigger's version. */
export interface TokenContent {
  /** For both tokens, sorted; undefined means no claim, which differs from no role. */
  readonly roles: readonly string[] | undefined;
  /** For the access token: claims copied from attributes. */
  readonly copied: Readonly<Record<string, string>>;
  /** For the access token, sorted, without those that it already has. */
  readonly scopesToAdd: readonly string[];
}

export interface TokenContentOptions {
  readonly copiedClaims: CopiedClaims;
  /** The prefix that makes a scope of a permission; undefined disables scopes. */
  readonly scopePrefix: string | undefined;
  /**
   * The ids of the app clients whose users get these scopes: your own apps. Undefined means all, unless the policy has
   * `p3` rows: then none, since a scope may be all that keeps an app from more.
   */
  readonly firstPartyClients?: ReadonlySet<string> | undefined;
  /** What subjects of the pool begin with, where there are several pools. */
  readonly poolAlias?: string | undefined;
}

/**
 * The content of a user's tokens. `groups` are the user's groups. Automatic ones add nothing here, but stay in the
 * token, where the authorizer counts them.
 * @throws ClaimgateError `trigger_event_malformed` without a `sub` or if an attribute is not a string
 */
export function userTokenContent(
  policy: Policy,
  event: UserTokenEvent,
  groups: readonly string[],
  options: TokenContentOptions,
): TokenContent {
  const attributes = event.request.userAttributes;
  const sub = attributeOf(attributes, "sub");
  if (sub === undefined) {
    throw new ClaimgateError("trigger_event_malformed", "`request.userAttributes.sub` is missing");
  }
  const named = groups.filter((group) => !isAutomaticGroup(event.userPoolId, group));
  const subjects = userSubjects({ sub, groups: named, poolAlias: options.poolAlias });
  return {
    roles: rolesOf(policy, subjects),
    copied: copyAttributes(attributes, options.copiedClaims),
    scopesToAdd: derivesScopes(policy, event, options)
      ? scopesToAdd(policy, subjects, event.request.scopes ?? [], options.scopePrefix)
      : [],
  };
}

/**
 * The content of a machine's token: the roles of its scopes. The authorizer derives roles itself, and only it knows the
 * logical name of the client. Undefined if there is nothing to add.
 */
export function machineTokenContent(
  policy: Policy,
  event: MachineTokenEvent,
  { poolAlias }: Pick<TokenContentOptions, "poolAlias">,
): TokenContent | undefined {
  const subjects = machineSubjects({ client: undefined, scopes: event.request.scopes ?? [], poolAlias });
  const roles = rolesOf(policy, subjects);
  return roles.length === 0 ? undefined : { roles, copied: {}, scopesToAdd: [] };
}

/** The roles by name, sorted, without those that every token of its kind has. */
function rolesOf(policy: Policy, subjects: readonly Subject[]): readonly string[] {
  return subjectsHeld(policy, subjects)
    .filter((subject) => subject.startsWith("role:") && subject !== AUTHENTICATED && subject !== MACHINE)
    .map((role) => role.slice("role:".length))
    .sort();
}

function copyAttributes(
  attributes: UserAttributes | null | undefined,
  claims: CopiedClaims,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...claims].flatMap(([claim, attribute]) => {
      const value = attributeOf(attributes, attribute);
      return value === undefined ? [] : [[claim, value]];
    }),
  );
}

/** Whether the user's app is one of those that get scopes. */
function derivesScopes(
  { apps }: Policy,
  { callerContext }: UserTokenEvent,
  { firstPartyClients }: TokenContentOptions,
): boolean {
  if (firstPartyClients === undefined) return apps.size === 0;
  const clientId = callerContext?.clientId;
  return typeof clientId === "string" && firstPartyClients.has(clientId);
}

/** A scope that a `p3` row names is the consent of the user, so only Cognito puts it in a token. */
function scopesToAdd(
  policy: Policy,
  subjects: readonly Subject[],
  present: readonly string[],
  prefix: string | undefined,
): readonly string[] {
  if (prefix === undefined) return [];
  const known = new Set(present);
  return unconditionalPermissions(policy, subjects)
    .map((permission) => `${prefix}${permission}`)
    .filter((scope) => !known.has(scope) && !policy.appScopes.includes(scope))
    .sort();
}

/**
 * Reads the ids of first-party app clients, separated by commas: `1h57kf5cpq17m0eml12EXAMPLE`.
 * @throws ConfigurationError
 */
export function createFirstPartyClients(configured: string | undefined): ReadonlySet<string> | undefined {
  if (configured === undefined) return undefined;
  const ids = configured.split(",").map((id) => id.trim());
  const wrong = ids.find((id) => !/^[\w+]{1,128}$/.test(id));
  if (wrong === undefined) return new Set(ids);
  throw new ConfigurationError(
    `\`${wrong}\` is not the id of an app client; expected ids separated by commas`,
  );
}

/**
 * Checks the prefix that makes a scope of a permission, such as `orders-api/`. It may contain the characters of a scope
 * token (RFC 6749 section 3.3) but cannot produce Cognito's own scopes.
 * @throws ConfigurationError
 */
export function createScopePrefix(configured: string | undefined): string | undefined {
  if (configured === undefined) return undefined;
  if (!/^[\x21\x23-\x5b\x5d-\x7e]{1,256}$/.test(configured) || configured.startsWith("aws.cognito.")) {
    throw new ConfigurationError(`\`${configured}\` is not a valid scope prefix`);
  }
  return configured;
}
