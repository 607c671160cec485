import { ClaimgateError } from "../errors.ts";
import { readBearerToken } from "../token/bearer.ts";
import { headerValues, malformed, property } from "./event-shape.ts";
import { methodOverride } from "./method-override.ts";

/** A cookie that may carry the token in place of `Authorization`. */
export interface TokenCookie {
  /** E.g. `__Host-access_token`, in exactly this case. */
  readonly name: string;
  /** The origins, as browsers send them, whose pages may change something with it: `https://app.example.com`. */
  readonly origins: ReadonlySet<string>;
}

/** The longest value that is read, in characters: browsers keep 4,096 bytes of name and value (RFC 6265bis 5.6). */
const MAX_COOKIE_TOKEN = 4_096;

/** A browser sends the cookie with these from any site; they change nothing (RFC 9110 section 9.2.1). */
const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** A JWT: no quotes, no escapes. */
const TOKEN = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

/**
 * How the token of a request is read: from `Authorization`, or from the cookie if one is configured. A cookie comes
 * with requests that other sites cause, so for any method but GET, HEAD and OPTIONS it needs an `Origin` of the list.
 *
 * @param method the method that the gateway matched
 * @returns throws ClaimgateError `token_*` if the request has no token, or more than one
 * @throws ClaimgateError request_malformed
 */
export function requestToken(event: unknown, method: string, cookie: TokenCookie | undefined): () => string {
  const authorization = headerValues(event, "authorization");
  if (cookie === undefined) return () => readBearerToken(authorization);
  const values = cookieValues(event, cookie.name);
  const origins = headerValues(event, "origin");
  const isSafe = SAFE_METHODS.has(method) && methodOverride(event, method) === undefined;
  return () => {
    const [value, second] = values;
    if (value === undefined) {
      if (authorization.length > 0) return readBearerToken(authorization);
      const message = `the request has neither the cookie \`${cookie.name}\` nor an \`Authorization\` header`;
      throw new ClaimgateError("token_missing", message);
    }
    if (second !== undefined) throw ambiguous(`more than one cookie \`${cookie.name}\``);
    if (authorization.length > 0) {
      throw ambiguous(`both the cookie \`${cookie.name}\` and an \`Authorization\` header`);
    }
    if (!isSafe) requireOrigin(origins, cookie);
    return tokenIn(value, cookie);
  };
}

function ambiguous(what: string): ClaimgateError {
  return new ClaimgateError("token_ambiguous", `the request has ${what}`);
}

/** `null` is the origin of sandboxed frames and local files: any page can have it. */
function requireOrigin(sent: readonly string[], { name, origins }: TokenCookie): void {
  const [origin, second] = sent;
  if (origin !== undefined && second === undefined && origin !== "null" && origins.has(origin)) return;
  const found = origin === undefined ? "there is no `Origin` header" : "its `Origin` is not a configured one";
  throw new ClaimgateError(
    "token_origin_refused",
    `the token is in the cookie \`${name}\` of a request that may change something, and ${found}`,
  );
}

function tokenIn(value: string, { name }: TokenCookie): string {
  if (value.length > MAX_COOKIE_TOKEN) {
    const message = `the cookie \`${name}\` is longer than ${MAX_COOKIE_TOKEN} characters`;
    throw new ClaimgateError("token_too_large", message);
  }
  if (TOKEN.test(value)) return value;
  throw new ClaimgateError("token_malformed", `the cookie \`${name}\` is not a JWT`);
}

/**
 * All values of a cookie: from `cookies` of payload format 2.0, and from `Cookie` headers. Values are not unquoted and
 * not decoded.
 */
function cookieValues(event: unknown, name: string): readonly string[] {
  const listed = pairsIn(listOfCookies(event));
  const inHeaders = pairsIn(headerValues(event, "cookie")).filter((pair) => !listed.includes(pair));
  return [...listed, ...inHeaders].flatMap((pair) => {
    const at = pair.indexOf("=");
    return at > 0 && withoutBlanks(pair.slice(0, at)) === name ? [withoutBlanks(pair.slice(at + 1))] : [];
  });
}

function listOfCookies(event: unknown): readonly string[] {
  const found = property(event, "cookies") ?? [];
  if (Array.isArray(found) && found.every((one): one is string => typeof one === "string")) return found;
  throw malformed("list of strings `cookies`");
}

function pairsIn(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => text.split(";")).map(withoutBlanks);
}

/**
 * Only space and tab, as browsers do: a browser that treats U+2000 before `__Host-` as part of another name lets any
 * subdomain set that cookie.
 */
function withoutBlanks(text: string): string {
  const isBlank = (at: number) => text[at] === " " || text[at] === "\t";
  let [start, end] = [0, text.length];
  while (start < end && isBlank(start)) start++;
  while (end > start && isBlank(end - 1)) end--;
  return text.slice(start, end);
}
