/** The methods of routes, in the order in which they are written. */
const METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"] as const;

/**
 * Methods that browsers send without a preflight that allows them: the CORS-safelisted methods of the Fetch standard.
 * OPTIONS is the preflight itself.
 */
const SAFELISTED: readonly string[] = ["GET", "HEAD", "POST", "OPTIONS"];

/** The methods of requests to these routes; `ANY` and `$default` accept every method. */
export function methodsOf(routes: readonly string[]): readonly string[] {
  const own = new Set(routes.map(methodOf));
  return METHODS.filter((method) => own.has("ANY") || own.has(method));
}

/** The methods of a route that a browser may not send if a preflight allows only `allowed`. */
export function methodsBlocked(route: string, allowed: readonly string[]): readonly string[] {
  if (allowed.includes("*") || allowed.includes("ANY")) return [];
  return methodsOf([route]).filter((method) => !SAFELISTED.includes(method) && !allowed.includes(method));
}

/** `ANY` for `$default`. */
export function methodOf(route: string): string {
  const space = route.indexOf(" ");
  return space < 0 ? "ANY" : route.slice(0, space);
}
