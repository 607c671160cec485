import { ConfigurationError } from "../errors.ts";
import { nearest } from "../policy/suggestion.ts";
import { type Environment, optional } from "./environment.ts";

const PREFIX = "CLAIMGATE_";

/** Every variable that a function reads, and those that packaging adds. No other name may begin with `CLAIMGATE_`. */
export const VARIABLES: ReadonlySet<string> = new Set([
  "CLAIMGATE_ADDITIONAL_ISSUERS",
  "CLAIMGATE_ADDITIONAL_REGIONS",
  "CLAIMGATE_ALL_PROVIDERS_LISTED",
  "CLAIMGATE_API_DOMAINS",
  "CLAIMGATE_APPSYNC_SCHEME",
  "CLAIMGATE_APPSYNC_TTL",
  "CLAIMGATE_APP_CLIENTS",
  "CLAIMGATE_AUDIENCE",
  "CLAIMGATE_AUDIENCE_REQUIRED",
  "CLAIMGATE_AUTO_CONFIRM",
  "CLAIMGATE_COOKIE_ORIGINS",
  "CLAIMGATE_COPIED_CLAIMS",
  "CLAIMGATE_CORS_ORIGINS",
  "CLAIMGATE_DIRECTORIES",
  "CLAIMGATE_FIRST_PARTY_CLIENTS",
  "CLAIMGATE_HEAL_GROUPS",
  "CLAIMGATE_ISSUER_FORMS",
  "CLAIMGATE_KEY_SETS",
  "CLAIMGATE_LINK_FEDERATED_USERS",
  "CLAIMGATE_LOG_INPUTS",
  "CLAIMGATE_ORDERS_FILE",
  "CLAIMGATE_POLICY_VERSION",
  "CLAIMGATE_POOL_ALIAS",
  "CLAIMGATE_REPORT_ONLY",
  "CLAIMGATE_REVOCATION_ON_FAILURE",
  "CLAIMGATE_REVOCATION_TABLE",
  "CLAIMGATE_SCOPE_PREFIX",
  "CLAIMGATE_SUBJECT_ATTRIBUTES",
  "CLAIMGATE_THROW_UNAUTHORIZED",
  "CLAIMGATE_TOKEN_BUDGET",
  "CLAIMGATE_TOKEN_COOKIE",
  "CLAIMGATE_TOKEN_MEMO",
  "CLAIMGATE_TOKEN_PLACE",
  "CLAIMGATE_TRUSTED_PROVIDERS",
  "CLAIMGATE_USAGE_KEYS",
  "CLAIMGATE_USER_POOL_ID",
  "CLAIMGATE_WHOLE_API_ANSWER",
]);

/** Former name -> the name now, and what else to change. */
const RENAMED: Readonly<Record<string, readonly [name: string, fix: string]>> = {
  CLAIMGATE_SUBJECT_PREFIX: ["CLAIMGATE_POOL_ALIAS", "rename it"],
  CLAIMGATE_REST_ANSWER: [
    "CLAIMGATE_WHOLE_API_ANSWER",
    "rename it, and write `true` for `api` or `false` for `request`",
  ],
  CLAIMGATE_WEBSOCKET_TOKEN: ["CLAIMGATE_TOKEN_PLACE", "rename it"],
};

/**
 * Refuses misspelled variables and those of former versions, which would be ignored: without
 * `CLAIMGATE_REVOCATION_TABLE` revoked tokens are accepted, without its alias a pool's groups match other rows. Called
 * once, when a function starts. An empty value counts as missing.
 *
 * @param others known too: the variables of the local stack, in a local build
 * @throws ConfigurationError with the likely name
 */
export function refuseUnknownVariables(env: Environment, others: ReadonlySet<string> = new Set()): void {
  for (const name of Object.keys(env)) {
    if (others.has(name) || optional(env, name) === undefined) continue;
    const refusal = unknownVariable(name);
    if (refusal !== undefined) throw new ConfigurationError(refusal);
  }
}

/** What is wrong with the name of a variable, and the fix; undefined if it is known, or not one of claimgate. */
export function unknownVariable(name: string): string | undefined {
  if (!name.startsWith(PREFIX) || VARIABLES.has(name)) return undefined;
  if (Object.hasOwn(RENAMED, name)) {
    const [now, fix] = RENAMED[name] ?? [];
    return `environment variable \`${name}\` was renamed to \`${now}\`; ${fix}`;
  }
  const meant = nearest(name, VARIABLES);
  const fix =
    meant === undefined
      ? `delete it, or choose another prefix than \`${PREFIX}\` for a variable of your own`
      : `did you mean \`${meant}\`?`;
  return `unknown environment variable \`${name}\`; ${fix}`;
}
