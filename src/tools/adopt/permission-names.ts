import { isPermission } from "../../policy/permission.ts";
import { parsePathRoute, type Segment } from "../../policy/route.ts";
import { trimEndOf } from "../../policy/trimmed-end.ts";

const ACTIONS: Readonly<Record<string, string>> = {
  POST: "create",
  PUT: "update",
  PATCH: "update",
  DELETE: "delete",
  HEAD: "head",
  OPTIONS: "options",
  ANY: "any",
};

/** The actions of a read-only role. */
const LOOKING: ReadonlySet<string> = new Set(["list", "read", "connect"]);

/** Whether a permission of {@link permissionFor} changes nothing. */
export function looksOnly(permission: string): boolean {
  return LOOKING.has(permission.slice(permission.indexOf(":") + 1));
}

/**
 * `GET /users/{userId}/orders` -> `users-orders:list`, `GET /orders/{orderId}` -> `orders:read`: the literal parts of
 * the path are the resource, the method is the action.
 */
export function permissionFor(route: string): string {
  if (route.startsWith("$")) return `${route.slice(1)}:${route === "$connect" ? "connect" : "any"}`;
  const parsed = parsePathRoute(route);
  if (!("route" in parsed)) return "api:any";
  const { method, segments } = parsed.route;
  const words = segments.flatMap((segment) => (segment.kind === "literal" ? [wordOf(segment.text)] : []));
  const name = words.filter((word) => word !== "").join("-");
  const action = method === "GET" ? lookingAt(segments) : (ACTIONS[method] ?? "any");
  const permission = `${name === "" ? "api" : name}:${action}`;
  return isPermission(permission) ? permission : `api:${action}`;
}

/**
 * A permission for each route: routes share one only if they answer the same callers, since whoever has a permission
 * reaches all of its routes.
 *
 * @param callersOf what tells callers apart; equal for the same callers
 */
export function permissionsFor(
  routes: readonly string[],
  callersOf: (route: string) => string,
): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  const permissions = new Map<string, string>();
  for (const route of routes) {
    const [resource = "", action = ""] = permissionFor(route).split(":");
    const callers = callersOf(route);
    let name = `${resource}:${action}`;
    for (let next = 2; owners.has(name) && owners.get(name) !== callers; next += 1) {
      name = `${resource}-${next}:${action}`;
    }
    owners.set(name, callers);
    permissions.set(route, name);
  }
  return permissions;
}

/** The characters of a path segment that a name may contain. */
function wordOf(text: string): string {
  const word = text.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[._-]+/, "");
  return trimEndOf(word, (character) => "._-".includes(character));
}

function lookingAt(segments: readonly Segment[]): string {
  const last = segments.at(-1)?.kind;
  return last === undefined || last === "literal" ? "list" : "read";
}
