import type { JsonObject } from "../../json.ts";

/** What determines when API Gateway reuses the answer of an authorizer. */
export interface CacheKey {
  readonly gateway: "http" | "rest";
  /** `request` or `token`, in lower case. */
  readonly type: string;
  /** The identity sources, as configured; empty if there are none. */
  readonly configured: readonly string[];
  /** The routes of the HTTP API, as the policy spells them. */
  readonly routes: readonly string[];
  /** Whether each answer is for the whole REST API, so that the caller's token alone tells answers apart. */
  readonly wholeApi: boolean;
  /** Whether the token may be in a cookie (CLAIMGATE_TOKEN_COOKIE is set). */
  readonly tokenCookie: boolean;
}

/** Whether a function that has these variables takes the token from a cookie too. */
export function hasTokenCookie(variables: JsonObject): boolean {
  return (variables["CLAIMGATE_TOKEN_COOKIE"] ?? "") !== "";
}

/** Why a key is the same for requests that are decided differently; undefined if it is not. */
export function whyTooNarrow(key: CacheKey): string | undefined {
  if (key.tokenCookie) {
    // API Gateway requires every identity source, but no good request has a cookie, `Origin` and `Authorization`.
    return "the token may be in a cookie, and no identity sources hold the cookie and `Origin` of every request";
  }
  const missing = missingFromCacheKey(key);
  if (missing.length === 0) return undefined;
  if (key.type === "token") return "the cache key of a TOKEN authorizer is only the token";
  return `its identity sources lack ${missing.map((source) => `\`${source}\``).join(", ")}`;
}

/** The identity sources that a key lacks: the caller's token, the concrete path, and the method. */
function missingFromCacheKey({ gateway, type, configured, routes, wholeApi }: CacheKey): readonly string[] {
  const has = (source: string) => configured.some((one) => one.toLowerCase() === source.toLowerCase());
  if (gateway === "rest") {
    // The default if none is configured.
    const token = configured.length === 0 || has("method.request.header.Authorization");
    if (wholeApi) return token ? [] : ["method.request.header.Authorization"];
    const needed =
      type === "token"
        ? ["context.path", "context.httpMethod"]
        : ["context.path", "context.httpMethod"].filter((source) => !has(source));
    return token ? needed : ["method.request.header.Authorization", ...needed];
  }
  // Behind a route of several methods the route key is the same for all of them.
  const oneMethodEach = !routes.some((route) => /^(ANY |\$default$)/.test(route));
  const method = has("$context.httpMethod") || (has("$context.routeKey") && oneMethodEach);
  return [
    ...(has("$request.header.Authorization") ? [] : ["$request.header.Authorization"]),
    ...(has("$context.path") ? [] : ["$context.path"]),
    ...(method ? [] : [oneMethodEach ? "$context.routeKey" : "$context.httpMethod"]),
  ];
}
