import type { TokenCookie } from "../authorizers/token-cookie.ts";
import { ConfigurationError } from "../errors.ts";
import { type Environment, optional } from "./environment.ts";

const NAME = "CLAIMGATE_TOKEN_COOKIE";
const ORIGINS = "CLAIMGATE_COOKIE_ORIGINS";

/** The characters of a cookie's name (RFC 6265 section 4.1.1). */
const COOKIE_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Hosts whose pages only this machine serves: nobody on the way can change them, so `http` is enough. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3})$/;

/**
 * - CLAIMGATE_TOKEN_COOKIE: the name of a cookie that may carry the token; without it, only `Authorization` does
 * - CLAIMGATE_COOKIE_ORIGINS: the origins whose pages may change something with it, separated by commas
 *
 * @throws ConfigurationError naming the variable, also if there is one without the other
 */
export function tokenCookie(env: Environment): TokenCookie | undefined {
  const [name, origins] = [optional(env, NAME), optional(env, ORIGINS)];
  if (name === undefined && origins === undefined) return undefined;
  if (name === undefined) throw missing(NAME, ORIGINS);
  if (origins === undefined) throw missing(ORIGINS, NAME);
  if (!COOKIE_NAME.test(name)) {
    throw new ConfigurationError(
      `environment variable \`${NAME}\` is \`${name}\`; expected the name of a cookie, such as \`__Host-access_token\``,
    );
  }
  return { name, origins: new Set(origins.split(",").map((origin) => checked(origin.trim()))) };
}

function missing(name: string, other: string): ConfigurationError {
  return new ConfigurationError(`environment variable \`${name}\` is missing, but \`${other}\` is set`);
}

/** An origin that a browser sends in exactly this form. */
function checked(origin: string): string {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  const isTrusted = url?.protocol === "https:" || (url?.protocol === "http:" && LOOPBACK.test(url.hostname));
  if (isTrusted && url.origin === origin && !origin.includes("*")) return origin;
  throw new ConfigurationError(
    `environment variable \`${ORIGINS}\` names \`${origin}\`; expected origins such as \`https://app.example.com\`, separated by commas`,
  );
}
