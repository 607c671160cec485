import type { PolicyFile } from "../../policy/compile.ts";
import { quoteField } from "../../policy/csv.ts";
import { isPermission, PUBLIC } from "../../policy/permission.ts";
import { isSpecialRoute, parsePathRoute, type Segment } from "../../policy/route.ts";
import { trimEndOf } from "../../policy/trimmed-end.ts";
import type { Service, ServiceRoute } from "./service.ts";

/** A policy to start with. */
export interface StarterPolicy {
  /** The files to write next to `model.conf`; paths are relative to the directory. */
  readonly files: readonly PolicyFile[];
  /**
   * Routes with a permission, public ones, and those that the policy does not mention, in the spelling of the policy.
   */
  readonly guarded: readonly string[];
  readonly open: readonly string[];
  readonly elsewhere: readonly string[];
  /** Routes that get a permission although they have no authorizer yet. */
  readonly unguarded: readonly string[];
}

/** The actions of a read-only role. */
const LOOKING: ReadonlySet<string> = new Set(["list", "read", "connect"]);

const ACTIONS: Readonly<Record<string, string>> = {
  POST: "create",
  PUT: "update",
  PATCH: "update",
  DELETE: "delete",
  HEAD: "head",
  OPTIONS: "options",
  ANY: "any",
};

/**
 * A policy for the routes that a service deploys: a permission for every route behind an authorizer of claimgate,
 * `public` for those without an authorizer, and two roles. Users in neither group get no access.
 *
 * If no route has such an authorizer, all are treated as routes that will get one.
 */
export function starterPolicy(service: Service): StarterPolicy {
  const routes = distinct(service.routes).filter(isDecided);
  const begins = !routes.some(({ authorizer }) => authorizer !== undefined && decides(authorizer.kind));
  const of = (wanted: (route: ServiceRoute) => boolean) =>
    routes
      .filter(wanted)
      .map(({ route }) => route)
      .sort(byPath);
  const unguarded = begins ? of(({ authorizer }) => authorizer === undefined) : [];
  const open = begins ? [] : of(({ authorizer }) => authorizer === undefined);
  const guarded = [...of(({ authorizer }) => decides(authorizer?.kind)), ...unguarded].sort(byPath);
  const elsewhere = of(({ authorizer }) => authorizer !== undefined && !decides(authorizer.kind));
  const permissions = [...new Set(guarded.map(permissionFor))].sort();
  return {
    files: [
      { path: "routes.csv", text: routesFile(guarded, open, elsewhere) },
      { path: "roles.csv", text: rolesFile(permissions) },
      { path: "groups.csv", text: groupsFile(permissions.some(looksOnly)) },
      { path: "sign-up.csv", text: SIGN_UP },
      { path: "groups.yaml", text: groupSettings(permissions.some(looksOnly)) },
      { path: "tests/access.test.yaml", text: testFile(guarded) },
    ],
    guarded,
    open,
    elsewhere,
    unguarded,
  };
}

/** An authorizer of another stack may be claimgate's; a JWT authorizer or IAM does not read the policy. */
function decides(kind: "lambda" | "native" | "foreign" | "other" | undefined): boolean {
  return kind === "lambda" || kind === "other";
}

/** Only `$connect` of a WebSocket API has an authorizer. */
function isDecided({ gateway, route }: ServiceRoute): boolean {
  if (gateway === "websocket") return route === "$connect";
  return isSpecialRoute(route) || "route" in parsePathRoute(route);
}

/** One entry per route; of two events the one with an authorizer. */
function distinct(routes: readonly ServiceRoute[]): readonly ServiceRoute[] {
  const found = new Map<string, ServiceRoute>();
  for (const route of routes) {
    const known = found.get(route.route);
    if (known?.authorizer === undefined) found.set(route.route, route);
  }
  return [...found.values()];
}

function byPath(a: string, b: string): number {
  const key = (route: string) => route.replace(/^(\S+) (.*)$/, "$2 $1");
  return key(a) < key(b) ? -1 : 1;
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

/** The characters of a path segment that a name may contain. */
function wordOf(text: string): string {
  const word = text.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[._-]+/, "");
  return trimEndOf(word, (character) => "._-".includes(character));
}

function lookingAt(segments: readonly Segment[]): string {
  const last = segments.at(-1)?.kind;
  return last === undefined || last === "literal" ? "list" : "read";
}

function routesFile(
  guarded: readonly string[],
  open: readonly string[],
  elsewhere: readonly string[],
): string {
  const rows = [
    ...guarded.map((route) => rowOf("g2", route, permissionFor(route))),
    ...(open.length === 0 ? [] : ["", "# These have no authorizer: anyone may call them."]),
    ...open.map((route) => rowOf("g2", route, PUBLIC)),
    ...(elsewhere.length === 0
      ? []
      : ["", "# Decided by another authorizer, which does not read this policy:"]),
    ...elsewhere.map((route) => `#   ${route}`),
  ];
  return `# Which permission opens which route.
#
#   g2, ROUTE, PERMISSION     ROUTE as API Gateway spells it; any of its permissions suffices
#   g2, ROUTE, public         the route has no authorizer: anyone may call it
#
# A route that is not here is always denied. The names of the permissions are a first guess from the paths:
# rename them here and in roles.csv. Several routes may share one.

${rows.join("\n").trim()}
`;
}

function looksOnly(permission: string): boolean {
  return LOOKING.has(permission.slice(permission.indexOf(":") + 1));
}

function rolesFile(permissions: readonly string[]): string {
  const looking = permissions.filter(looksOnly);
  const changing = permissions.filter((permission) => !looking.includes(permission));
  const grants = (role: string, names: readonly string[]) =>
    names.map((permission) => rowOf("p", role, permission, "allow")).join("\n");
  const reader =
    looking.length === 0 ? "" : `\n# Readers look, and change nothing.\n${grants("role:reader", looking)}\n`;
  const inherits = looking.length === 0 ? "" : "g, role:admin, role:reader\n";
  return `# What each role may do.
#
#   p, WHO, PERMISSION, allow or deny, CONDITION (optional)
#   g, MEMBER, ROLE        MEMBER has everything that ROLE has
#
# A deny always wins. WHO is a role:, group:, user:, client: or scope:. Every signed-in user has
# role:authenticated, every machine role:machine. A condition compares a parameter of the route with a claim
# of the access token, so that users reach what is their own only:
#
#   p, role:customer, users-orders:list, allow, {userId}=sub
${reader}
# Administrators do everything that a route of serverless.yml can do.
${inherits}${grants("role:admin", changing)}
`
    .trimEnd()
    .concat("\n");
}

function groupsFile(hasReaders: boolean): string {
  return `# Who has which role.
#
#   g, group:NAME, role:NAME      members of the Cognito group have the role
#   g, client:NAME, role:NAME     the app client, by its name in serverless.yml; for machine-to-machine tokens only
#
# Removing a row takes effect with the next deployment, also for tokens that are already issued.

g, group:admins, role:admin
${hasReaders ? "g, group:readers, role:reader\n" : ""}`;
}

const SIGN_UP = `# Who may sign up, and the group of new users. Without a \`p2\` row, no one may.
#
#   p2, ADDRESS, allow or deny    *@domain or a whole address; a deny always wins; no match is a deny
#   g3, ADDRESS, group:NAME       counts only once the address is verified; all matching rows count
#
#   p2, *@example.com, allow
#   g3, *@example.com, group:readers
`;

function groupSettings(hasReaders: boolean): string {
  return `# The Cognito groups of the policy: every \`group:\` of the CSV files becomes one.
#
#   NAME:                  as in \`group:NAME\`
#     description: TEXT
#     precedence: NUMBER   whose IAM role a member of several groups gets; the lowest wins

admins:
  description: May do everything
${hasReaders ? "\nreaders:\n  description: May look, and change nothing\n" : ""}`;
}

/** Each row has a test that needs it; a route that is added later is denied until a row lists it. */
function testFile(guarded: readonly string[]): string {
  const looking = guarded.filter((route) => looksOnly(permissionFor(route)));
  const list = (routes: readonly string[], indent: string) =>
    routes.map((route) => `${indent}- ${JSON.stringify(route)}\n`).join("");
  const hasReaders = looking.length > 0;
  return `# Who may call what. Everything that \`allow\` does not list has to be denied: npx --no-install claimgate test
principals:
  admin: { groups: [admins] }
${hasReaders ? "  reader: { groups: [readers] }\n" : ""}  nobody: {} # signed in, and in no group

suites:
  - name: The routes of serverless.yml
    routes:
${list(guarded, "      ")}    allow:
      admin: "*"
${hasReaders ? `      reader:\n${list(looking, "        ")}` : ""}
# What holds for every token there could ever be: proven, not sampled.
invariants:
  - name: nobody reaches anything without a role
    only: [role:admin${hasReaders ? ", role:reader" : ""}]
    reach:
${list(guarded, "      ")}`;
}

function rowOf(...fields: readonly string[]): string {
  return fields.map(quoteField).join(", ");
}
