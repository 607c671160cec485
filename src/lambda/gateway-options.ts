import type { AppSyncOptions } from "../authorizers/appsync.ts";
import type { HttpOptions } from "../authorizers/http-options.ts";
import type { RestOptions, RestRequestOptions } from "../authorizers/rest-options.ts";
import { TOKEN_PLACES, type TokenPlace } from "../authorizers/websocket.ts";
import { ConfigurationError } from "../errors.ts";
import { asText, choice, type Environment, flag, jsonMap, optional, wholeNumber } from "./environment.ts";
import { tokenCookie } from "./token-cookie.ts";

// Environment variables for the authorizers of single gateways; docs/gateways.md has the table.

/** The longest time that AppSync caches an answer, in seconds. */
const LONGEST_TTL = 3_600;

/**
 * - CLAIMGATE_THROW_UNAUTHORIZED: `true` to throw `Unauthorized` for a bad token; `false` by default
 * - CLAIMGATE_TOKEN_COOKIE, CLAIMGATE_COOKIE_ORIGINS: {@link tokenCookie}
 *
 * @throws ConfigurationError
 */
export function httpOptions(env: Environment): HttpOptions {
  return {
    throwUnauthorized: flag(env, "CLAIMGATE_THROW_UNAUTHORIZED", false),
    cookie: tokenCookie(env),
  };
}

/**
 * - CLAIMGATE_WHOLE_API_ANSWER: `true` for one answer to all routes of the API; `false` by default
 * - CLAIMGATE_USAGE_KEYS: JSON, logical name of an app client -> value of its API key
 *
 * @throws ConfigurationError naming the variable; never a key
 */
export function restOptions(env: Environment): RestOptions {
  const usageKeys = jsonMap(env, "CLAIMGATE_USAGE_KEYS", asText, "a JSON object of API keys by app client");
  return { usageKeys, wholeApi: flag(env, "CLAIMGATE_WHOLE_API_ANSWER", false) };
}

/** CLAIMGATE_TOKEN_COOKIE and CLAIMGATE_COOKIE_ORIGINS ({@link tokenCookie}) too. @throws ConfigurationError */
export function restRequestOptions(env: Environment): RestRequestOptions {
  return { ...restOptions(env), cookie: tokenCookie(env) };
}

/** CLAIMGATE_TOKEN_PLACE: `header`, `subprotocol` (default) or `query`. @throws ConfigurationError */
export function tokenPlace(env: Environment): TokenPlace {
  return choice(env, "CLAIMGATE_TOKEN_PLACE", ["subprotocol", ...TOKEN_PLACES]);
}

/**
 * - CLAIMGATE_APPSYNC_TTL: seconds, 0 (default) to 3,600
 * - CLAIMGATE_APPSYNC_SCHEME: the only scheme in front of the token, e.g. `Token`
 *
 * @throws ConfigurationError
 */
export function appSyncOptions(env: Environment): AppSyncOptions {
  const ttl = wholeNumber(env, "CLAIMGATE_APPSYNC_TTL", 0, 0);
  if (ttl > LONGEST_TTL) {
    throw new ConfigurationError(
      `environment variable \`CLAIMGATE_APPSYNC_TTL\` is \`${ttl}\`; expected at most ${LONGEST_TTL} seconds, the limit of AppSync`,
    );
  }
  const scheme = optional(env, "CLAIMGATE_APPSYNC_SCHEME");
  if (scheme !== undefined && !isToken(scheme)) {
    throw new ConfigurationError(
      `environment variable \`CLAIMGATE_APPSYNC_SCHEME\` is \`${scheme}\`; expected one word, such as \`Token\``,
    );
  }
  return { ttl, scheme, now: () => Date.now() / 1000 };
}

/** Whether it is a token in the grammar of HTTP, as schemes are (RFC 9110 section 5.6.2). */
function isToken(text: string): boolean {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text);
}
