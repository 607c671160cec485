/**
 * docs/policies.md, "Routes": the list of all declared routes that fit, sorted by one key after the other.
 * Works on text and regular expressions and shares nothing with src/policy/route-table.ts.
 */
export function slowlyResolve(
  declared: readonly string[],
  method: string,
  segments: readonly string[],
): { readonly route: string | undefined; readonly parameters: Readonly<Record<string, string>> } {
  const path = segments.map((segment) => `/${segment}`).join("") || "/";
  const fitting = declared
    .filter((route) => rankOf(route, method) >= 0)
    .flatMap((route) => {
      const match = patternOf(route).exec(path);
      return match === null ? [] : [{ route, values: match.slice(1) }];
    });
  const [best] = fitting.sort((a, b) => compareKeys(keyOf(a.route, method), keyOf(b.route, method)));
  if (best === undefined) {
    return { route: declared.includes("$default") ? "$default" : undefined, parameters: {} };
  }
  const names = [...best.route.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name = ""]) => name);
  return {
    route: best.route,
    parameters: Object.fromEntries(names.map((name, index) => [name, best.values[index] ?? ""])),
  };
}

/**
 * docs/policies.md, "Routes": whether a declared route takes no path that the matched template does not. Reads
 * the template as a pattern for the spelling of the route.
 */
export function refines(route: string, template: string): boolean {
  if (!route.includes("/")) return false;
  const source = template
    .replaceAll(/[.~]/g, "\\$&")
    .replaceAll(/\{[^}]+\+\}/g, ".+")
    .replaceAll(/\{[^}+]+\}/g, "(?:[^/{]+|\\{[^/+]+\\})");
  return new RegExp(`^${source}$`, "s").test(templateOf(route));
}

function templateOf(route: string): string {
  return route.slice(route.indexOf(" ") + 1);
}

function patternOf(route: string): RegExp {
  const source = templateOf(route)
    .replaceAll(/[.~]/g, "\\$&")
    .replaceAll(/\{[^}]+\+\}/g, "(.+)")
    .replaceAll(/\{[^}]+\}/g, "([^/]+)");
  return new RegExp(`^${source}$`, "s");
}

/**
 * Smaller comes first: a full match; then, where two routes first differ, a literal before a parameter before
 * a greedy one, so that of two alike the longer greedy one wins; the method before ANY, for HEAD with GET between them.
 */
function keyOf(route: string, method: string): (number | string)[] {
  const parts = templateOf(route).split("/").slice(1);
  const greedy = route.endsWith("+}");
  const kinds = parts.map((part) => (part.endsWith("+}") ? "2" : part.startsWith("{") ? "1" : "0")).join("");
  return [greedy ? 1 : 0, kinds, rankOf(route, method)];
}

/** -1 for a route of another method. */
function rankOf(route: string, method: string): number {
  const own = method === "HEAD" ? "HEAD,GET,ANY" : `${method},ANY`;
  return own.split(",").indexOf(route.split(" ")[0] ?? "");
}

function compareKeys(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (const [index, key] of a.entries()) {
    const other = b[index] ?? key;
    if (key !== other) return key < other ? -1 : 1;
  }
  return 0;
}
