import fc from "fast-check";
import type { Subject } from "../../src/policy/subject.ts";

/** A row: its type, then its fields. */
export type GeneratedRow = readonly string[];

export interface GeneratedRequest {
  readonly subjects: readonly Subject[];
  readonly route: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly authTime?: number | undefined;
  readonly time?: number | undefined;
  /** The app of a user's token; left out, none is known. */
  readonly app?: { readonly client: string; readonly scopes: readonly string[] } | undefined;
}

/** A policy that loads and requests to it. */
export interface DecisionCase {
  readonly rows: readonly GeneratedRow[];
  readonly requests: readonly GeneratedRequest[];
}

/** The names that rows and requests of one case are made of: few enough that they meet. */
interface World {
  readonly groups: readonly Subject[];
  readonly roles: readonly Subject[];
  /** Members with a placeholder: groups of each tenant. */
  readonly tenantGroups: readonly Subject[];
  readonly permissions: readonly string[];
  readonly routes: readonly string[];
  /** One long line of roles instead of a graph. */
  readonly ladder: boolean;
  readonly circles: boolean;
}

const ODD_GROUPS = [
  "a,b",
  'a"b',
  '"',
  ",",
  "a",
  "b",
  "$$",
  "a$$b",
  "__proto__",
  "constructor",
  "hasOwnProperty",
  "toString",
  "r.sub==1",
  "*",
  "(x)",
  "role:a",
  "request:0",
  "#x",
  "é",
  "日本",
  "pool_Google",
  "A",
];
const OTHER_SUBJECTS = [
  "role:authenticated",
  "role:machine",
  "user:u1",
  "user:__proto__",
  "client:worker",
  "client:constructor",
  "scope:api/read",
  "scope:openid",
] as const satisfies readonly Subject[];
const ROUTES = [
  "GET /orders",
  "POST /orders",
  "GET /orders/{orderId}",
  "ANY /orders/{orderId}",
  "GET /users/{userId}/orders/{orderId}",
  "DELETE /tenants/{tenantId}/users/{userId}",
  "ANY /files/{proxy+}",
  "GET /{proxy+}",
  "GET /constructor/{constructor}",
  "PUT /p/{__proto__}",
  "$default",
  "$connect",
  "Query.orders",
  "Mutation.constructor",
  "Tool.refundOrder",
  "Tool.constructor",
];
const RESOURCES = ["order", "orders", "c"];
const PARAMETERS = ["userId", "tenantId", "__proto__", "constructor", "a.b-c"];
const CLAIMS = ["sub", "tenant_id", "custom:tenant", "__proto__", "constructor"];
const CLIENTS = ["web", "partner-app", "constructor", "undefined"];
const APP_SCOPES = ["openid", "api/read", "api/write", "__proto__"];
// Some look alike, so that a group which fits one does not fit the other.
const TENANT_GROUPS = [
  "group:{tenantId}.editors",
  "group:{tenantId}-editors",
  "group:{userId}.editors",
  "group:t-{tenantId}",
  "group:main/{tenantId}.editors",
  "group:{constructor}",
  "group:{__proto__}.x.x",
] as const satisfies readonly Subject[];
const TENANTS = ["u1", "u1", "u2", "U1", "", "u1.editors", "{tenantId}", "u1-u2", "é", "a/u1"];
const VALUES = ["u1", "u1", "u1", "u2", ""];
/** Values that parameters have, and names of claims. */
const LITERALS = ["'u1'", "'u2'", "'sub'", "'constructor'", "'A.b_c~d-9'"];
const NOT_TEXTS: readonly unknown[] = [1, true, null, ["u1"], { u1: "u1" }, 0, []];

/** The time of requests, and sign-ins around every limit: also ahead, by less and by more than clocks differ. */
const NOW = 1_764_000_000.5;
const SIGN_INS = [0, 60, 61, 300, 301, 302, 86_400, 86_401, -1, -60, -61].map((age) => Math.floor(NOW) - age);

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

// INVARIANT: a name that the parser refuses is never made, or the case would not load.
const groupName = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...ODD_GROUPS) },
  {
    weight: 1,
    arbitrary: fc
      .string({ unit: fc.constantFrom(..."ab,\"'[]|$&=:#/é-_.*?!%\\", "(a)"), minLength: 1, maxLength: 8 })
      .map((name) => name.replaceAll(/"(?=")/g, '"a')),
  },
);

const size = fc.constantFrom(
  { groups: 2, roles: 0, permissions: 2, routes: 2 },
  { groups: 3, roles: 2, permissions: 3, routes: 3 },
  { groups: 5, roles: 8, permissions: 6, routes: 6 },
  { groups: 8, roles: 20, permissions: 10, routes: 10 },
  { groups: 10, roles: 50, permissions: 12, routes: 12 },
);

const world: fc.Arbitrary<World> = size.chain(({ groups, roles, permissions, routes }) =>
  fc.record({
    groups: fc
      .uniqueArray(groupName, { minLength: 1, maxLength: groups, size: "max" })
      .map((names) => names.map((name): Subject => `group:${name}`)),
    roles: fc.constant(
      range(roles).map((index): Subject => `role:${index === 0 ? "constructor" : `r${index}`}`),
    ),
    tenantGroups: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.shuffledSubarray([...TENANT_GROUPS], { minLength: 1, maxLength: 3 }) },
    ),
    permissions: fc.constant(
      range(permissions).map((index) => `${RESOURCES[index % 3] ?? ""}:x${Math.floor(index / 2)}`),
    ),
    routes: fc.shuffledSubarray(ROUTES, { minLength: routes, maxLength: routes }),
    ladder: fc.nat(19).map((n) => n === 19),
    circles: fc.nat(9).map((n) => n === 9),
  }),
);

const parameterAtom = fc
  .tuple(
    fc.constantFrom(...PARAMETERS),
    fc.constantFrom("=", "=", "!="),
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...CLAIMS) },
      { weight: 1, arbitrary: fc.constantFrom(...LITERALS) },
    ),
  )
  .map(([parameter, operator, claim]) => `{${parameter}}${operator}${claim}`);

const ageAtom = fc
  .tuple(fc.constantFrom("=", "=", "!="), fc.constantFrom(60, 300, 301, 86_400))
  .map(([operator, seconds]) => `max_age${operator}${seconds}`);

const atom = fc.oneof({ weight: 6, arbitrary: parameterAtom }, { weight: 1, arbitrary: ageAtom });

const condition = fc.oneof(
  { weight: 9, arbitrary: fc.constant("") },
  { weight: 2, arbitrary: atom },
  { weight: 1, arbitrary: fc.array(atom, { minLength: 2, maxLength: 3 }).map((atoms) => atoms.join("&")) },
);

function grantRows({ groups, roles, permissions }: World): fc.Arbitrary<GeneratedRow[]> {
  const subject = fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...groups) },
    { weight: roles.length > 0 ? 6 : 0, arbitrary: fc.constantFrom(...roles, groups[0]) },
    { weight: 1, arbitrary: fc.constantFrom(...OTHER_SUBJECTS) },
  );
  const pattern = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...permissions) },
    { weight: 4, arbitrary: fc.constantFrom("order:*", "orders:*", "c:*", "d:*") },
    { weight: 1, arbitrary: fc.constantFrom("*:x0", "*:x1", "*:x2", "*:none") },
    { weight: 2, arbitrary: fc.constantFrom("*", "*", "unused:x") },
  );
  const effect = fc.oneof(
    { weight: 18, arbitrary: fc.constant("allow") },
    { weight: 1, arbitrary: fc.constant("deny") },
  );
  const row = fc
    .tuple(subject, pattern, effect, condition)
    .map(
      ([who, what, how, when]): GeneratedRow => ["p", who ?? "", what, how, ...(when === "" ? [] : [when])],
    );
  const usual = groups.length + roles.length;
  return fc.array(row, { minLength: 1, maxLength: 8 + 3 * usual, size: "max" });
}

function roleRows({ groups, roles, tenantGroups, ladder, circles }: World): fc.Arbitrary<GeneratedRow[]> {
  const [first] = roles;
  if (first === undefined) return fc.constant([]);
  const steps = roles.slice(1).map((role, index): GeneratedRow => ["g", roles[index] ?? "", role]);
  const member = fc
    .tuple(
      fc.constantFrom(...groups, ...OTHER_SUBJECTS.slice(0, 4), ...tenantGroups, ...tenantGroups),
      fc.constantFrom(...roles),
    )
    .map(([who, role]): GeneratedRow => ["g", who, role]);
  const members = fc.array(member, { maxLength: 3 * groups.length, size: "max" });
  if (ladder) return members.map((rows) => [...rows, ...steps]);
  const inherited = fc
    .tuple(fc.nat(roles.length - 1), fc.nat(roles.length - 1))
    .map(([a, b]): GeneratedRow => {
      const [from, to] = circles ? [a, b] : [Math.min(a, b), Math.max(a, b)];
      return ["g", roles[from] ?? "", roles[to] ?? ""];
    })
    .filter(([, from, to]) => circles || from !== to);
  // casbin walks every way through the graph: a dense one with circles would keep it busy for ever.
  const most = circles ? Math.min(roles.length, 8) : roles.length;
  if (roles.length === 1) return members;
  return fc
    .tuple(members, fc.array(inherited, { maxLength: most, size: "max" }))
    .map(([a, b]) => [...a, ...b]);
}

function routeRows({ permissions, routes }: World): fc.Arbitrary<GeneratedRow[]> {
  const opened = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...permissions).map((one) => [one]) },
    { weight: 5, arbitrary: fc.uniqueArray(fc.constantFrom(...permissions), { minLength: 2, maxLength: 3 }) },
    { weight: 1, arbitrary: fc.constantFrom(["public"], []) },
  );
  return fc
    .tuple(...routes.map(() => opened))
    .map((lists) =>
      lists.flatMap((names, index) =>
        names.map((permission): GeneratedRow => ["g2", routes[index] ?? "", permission]),
      ),
    );
}

/** Four of five policies say nothing of apps. */
function appRows({ permissions }: World): fc.Arbitrary<readonly GeneratedRow[]> {
  const pattern = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...permissions) },
    { weight: 2, arbitrary: fc.constantFrom("order:*", "orders:*", "c:*", "*:x0", "*:x1") },
    { weight: 4, arbitrary: fc.constant("*") },
  );
  const row = fc
    .tuple(fc.constantFrom("web", "web", ...CLIENTS), pattern, fc.option(fc.constantFrom(...APP_SCOPES)))
    .map(
      ([client, covered, scope]): GeneratedRow => [
        ...["p3", `client:${client}`, covered],
        ...(scope === null ? [] : [scope]),
      ],
    );
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(row, { minLength: 1, maxLength: 8, size: "max" }) },
  );
}

function requestTo({ groups, roles, tenantGroups, routes }: World): fc.Arbitrary<GeneratedRequest> {
  const subject: fc.Arbitrary<Subject> = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...groups) },
    { weight: 3, arbitrary: fc.constantFrom<Subject[]>(...roles, "group:b", "role:none") },
    { weight: 2, arbitrary: fc.constantFrom(...OTHER_SUBJECTS) },
    { weight: tenantGroups.length > 0 ? 6 : 0, arbitrary: groupOfTenant(tenantGroups) },
  );
  const value = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...VALUES) },
    { weight: tenantGroups.length > 0 ? 1 : 0, arbitrary: fc.constantFrom(...TENANTS) },
  );
  const claim = fc.oneof(
    { weight: 8, arbitrary: value },
    { weight: 1, arbitrary: fc.constantFrom(...NOT_TEXTS) },
  );
  return fc.record({
    subjects: fc.array(subject, { maxLength: 9, size: "max" }),
    route: fc.oneof(
      { weight: 30, arbitrary: fc.constantFrom(...routes) },
      { weight: 1, arbitrary: fc.constantFrom("GET /none", "constructor", "__proto__", "", undefined) },
    ),
    parameters: valuesFor(PARAMETERS, value),
    claims: valuesFor(CLAIMS, claim),
    authTime: fc.option(fc.constantFrom(...SIGN_INS), { freq: 4, nil: undefined }),
    time: fc.option(fc.constant(NOW), { freq: 9, nil: undefined }),
    app: fc.option(
      fc.record({
        client: fc.constantFrom("web", "web", ...CLIENTS),
        scopes: fc.subarray(APP_SCOPES),
      }),
      { freq: 12, nil: undefined },
    ),
  });
}

/** A placeholder filled with the name of a tenant, or with what is none. */
function groupOfTenant(patterns: readonly Subject[]): fc.Arbitrary<Subject> {
  return fc
    .tuple(fc.constantFrom(...patterns, "group:none" as const), fc.constantFrom(...TENANTS))
    .map(([pattern, tenant]) => pattern.replace(/\{.*\}/, () => tenant) as Subject);
}

/** Own properties, also for `__proto__`; about one in five is missing. */
function valuesFor<T>(names: readonly string[], value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> {
  const maybe = fc.option(value, { freq: 4, nil: undefined });
  return fc
    .tuple(...names.map(() => maybe))
    .map((values) =>
      Object.fromEntries(
        values.flatMap((one, index) => (one === undefined ? [] : [[names[index] ?? "", one] as const])),
      ),
    );
}

/** Policies that mean something, with so many requests each; about half of the requests are allowed. */
export function decisionCase(requests: {
  readonly min: number;
  readonly max: number;
}): fc.Arbitrary<DecisionCase> {
  return world.chain((names) =>
    fc.record({
      rows: fc
        .tuple(grantRows(names), roleRows(names), routeRows(names), appRows(names))
        .map((lists) => distinct(lists.flat())),
      requests: fc.array(requestTo(names), { minLength: requests.min, maxLength: requests.max, size: "max" }),
    }),
  );
}

function distinct(rows: readonly GeneratedRow[]): GeneratedRow[] {
  return [...new Map(rows.map((row) => [spellRow(row), row])).values()];
}

/** The row as a line of a CSV file. */
export function spellRow(row: GeneratedRow): string {
  return row.map((field) => (/[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(", ");
}
