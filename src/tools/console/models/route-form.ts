/** The names of a route's path parameters, in order; `proxy` for `{proxy+}`. */
export function parametersOf(route: string): readonly string[] {
  return [...route.matchAll(/\{([^{}+]+)\+?\}/g)].map(([, name = ""]) => name);
}

/** Whether requests of the route can have a body; `ANY` is tried as a GET. */
export function takesBody(route: string): boolean {
  return /^(?:POST|PUT|PATCH|DELETE) /.test(route);
}

/** A value to begin with: the caller's own id where the name asks for a user, or the attribute of that name. */
export function firstValue(parameter: string, attributes: Readonly<Record<string, string>>): string {
  if (/^(?:user|sub|customer|owner)(?:Id)?$/i.test(parameter)) return attributes["sub"] ?? "1";
  const names = [comparable(parameter), comparable(`custom:${parameter}`)];
  const own = Object.entries(attributes).find(([name]) => names.includes(comparable(name)));
  return own?.[1] ?? "1";
}

const comparable = (name: string) => name.replaceAll(/[^A-Za-z]/g, "").toLowerCase();

/** The body that a request begins with. */
export function firstBody(route: string): string {
  return /^(?:POST|PUT|PATCH) /.test(route) ? '{ "item": "Teapot", "quantity": 1 }' : "";
}
