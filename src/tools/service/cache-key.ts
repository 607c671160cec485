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
}

/** The identity sources that a key lacks: the caller's token, the concrete path, and the method. */
export function missingFromCacheKey({
  gateway,
  type,
  configured,
  routes,
  wholeApi,
}: CacheKey): readonly string[] {
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
