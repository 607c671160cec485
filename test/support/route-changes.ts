import fc from "fast-check";
import type { App } from "../../src/policy/app.ts";
import { decidePermission } from "../../src/policy/decide.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { type ReferenceRow, referenceDecide } from "../../src/policy/reference.ts";
import { resolveRoute } from "../../src/policy/route-table.ts";
import type { Subject } from "../../src/policy/subject.ts";
import { tried } from "./drawn.ts";
import { policyOf } from "./judges.ts";

// Small worlds of coarse and fine routes, in which every request and every token can be tried.

const ROUTES = [
  "GET /",
  "GET /a",
  "HEAD /a",
  "ANY /a",
  "GET /b/{p1}",
  "ANY /{p0}",
  "GET /{p0}/b",
  "ANY /{p0}/{p1}",
  "GET /a/{proxy+}",
  "ANY /a/{proxy+}",
  "ANY /{p0}/b/{proxy+}",
  "GET /{proxy+}",
  "ANY /{proxy+}",
  "$default",
];
const USERS = ["group:a", "group:b", "user:z"] as const satisfies readonly Subject[];
const MACHINES = ["client:c", "scope:s"] as const satisfies readonly Subject[];
const PERMISSIONS = ["o:r", "o:w", "p:r"];

const subject = fc.constantFrom(
  ...USERS,
  ...MACHINES,
  "role:x",
  "role:y",
  "role:authenticated",
  "role:machine",
);
const pathCondition = fc.constantFrom(
  "",
  "",
  "",
  "{p0}=tenant",
  "{p1}!=tenant",
  "{proxy}=tenant",
  "{p0}=sub&{p1}=tenant",
  "{p0}='a'",
  "{p0}!='b'",
  "{p1}='a'&{p0}=tenant",
  "{proxy}!='b'",
);
// Seldom, since every age is tried.
const condition = fc.oneof(
  { weight: 24, arbitrary: pathCondition },
  { weight: 1, arbitrary: fc.constantFrom("max_age=300", "max_age!=60", "{p0}=tenant&max_age=60") },
);
const grant = fc
  .tuple(
    subject,
    fc.constantFrom(...PERMISSIONS, "o:*", "*:r", "*"),
    fc.constantFrom("allow", "allow", "deny"),
    condition,
  )
  .map(([who, what, how, when]): ReferenceRow => ["p", who, what, how, ...(when === "" ? [] : [when])]);
const role = fc
  .tuple(fc.constantFrom(...USERS, ...MACHINES), fc.constantFrom("role:x", "role:y"))
  .map((fields): ReferenceRow => ["g", ...fields]);
const CLIENTS = ["web", "partner"];
const APP_SCOPES = ["s1", "s2"];
/** Half of the pairs say nothing of apps. */
const appRows = fc.oneof(
  fc.constant([]),
  fc.array(
    fc
      .tuple(
        fc.constantFrom(...CLIENTS),
        fc.constantFrom(...PERMISSIONS, "o:*", "*:r", "*", "*"),
        fc.constantFrom("", "", ...APP_SCOPES),
      )
      .map(
        ([client, what, scope]): ReferenceRow => [
          ...["p3", `client:${client}`, what],
          ...(scope === "" ? [] : [scope]),
        ],
      ),
    { minLength: 1, maxLength: 4, size: "max" },
  ),
);
/** The rows of a route: public, or with one permission or several. */
const route = fc
  .tuple(
    fc.constantFrom(...ROUTES),
    fc.oneof(fc.constant(["public"]), {
      weight: 6,
      arbitrary: fc.uniqueArray(fc.constantFrom(...PERMISSIONS, "o:r", "o:w"), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
  )
  .map(([name, permissions]) => permissions.map((permission): ReferenceRow => ["g2", name, permission]));

/** How many rows of each type there are at most. */
interface Sizes {
  readonly grants: number;
  readonly roles: number;
  readonly routes: number;
}

/** Rows that both policies have but for a few. */
const rowsOfTwo = ({ grants: most, roles: links, routes: tables }: Sizes) =>
  fc
    .record({
      grants: fc.array(grant, { minLength: 1, maxLength: most, size: "max" }),
      roles: fc.array(role, { maxLength: links, size: "max" }),
      routes: fc.uniqueArray(route, {
        minLength: 1,
        maxLength: tables,
        size: "max",
        selector: ([row]) => row?.[1],
      }),
      apps: appRows,
      sides: fc.array(fc.constantFrom("both", "both", "before", "after"), { minLength: 40, maxLength: 40 }),
    })
    .map(({ grants, roles, routes, apps, sides }) => {
      const rows = [
        ...new Map([...grants, ...roles, ...routes.flat(), ...apps].map((row) => [row.join(), row])).values(),
      ];
      const of = (side: string) =>
        rows.filter((_, index) => sides[index] === "both" || sides[index] === side);
      return { before: of("before"), after: of("after") };
    })
    .filter(({ before, after }) => [before, after].every((rows) => rows.some(([type]) => type === "p")));

/** Two policies, as rows that differ in a few of any type. */
export interface PolicyPair {
  readonly before: readonly ReferenceRow[];
  readonly after: readonly ReferenceRow[];
}

export const policyPair: fc.Arbitrary<PolicyPair> = rowsOfTwo({ grants: 7, roles: 4, routes: 8 });

const tenantRow = fc
  .tuple(
    fc.constantFrom("group:{p0}.e", "group:{p1}.e"),
    fc.constantFrom("role:x", "role:y"),
    fc.constantFrom("both", "before", "after"),
  )
  .map(([member, given, side]) => ({ row: ["g", member, given] satisfies ReferenceRow, side }));

const FEWER = new Set(["GET /a", "ANY /{p0}", "GET /{p0}/b", "ANY /{proxy+}", "$default"]);

/** With few routes and one group, so that many pairs can be tried. */
export const fewerRoutes: fc.Arbitrary<PolicyPair> = policyPair.map(smallerPair);

/** With few rows too, so that a hundred thousand pairs can be tried. */
const fewestRows: fc.Arbitrary<PolicyPair> = rowsOfTwo({ grants: 3, roles: 2, routes: 3 }).map(smallerPair);

function smallerPair({ before, after }: PolicyPair): PolicyPair {
  return { before: smaller(before), after: smaller(after) };
}

function smaller(rows: readonly ReferenceRow[]): readonly ReferenceRow[] {
  const few = rows
    .filter(([type, route = ""]) => type !== "g2" || FEWER.has(route))
    .map((row) => row.map((field) => (field === "group:b" ? "group:a" : field)));
  const one: ReferenceRow = ["g2", "GET /{p0}/b", "o:r"];
  const all = few.some(([type, route]) => type === "g2" && route === one[1]) ? few : [...few, one];
  return [...new Map(all.map((row) => [row.join(), row])).values()];
}

/** The same with roles in a tenant, whose group other rows name as well. */
export const tenantPair: fc.Arbitrary<PolicyPair> = withTenantRows(fewerRoutes);

const atom = fc
  .tuple(
    fc.constantFrom("{p0}", "{p1}"),
    fc.constantFrom("=", "=", "!="),
    fc.constantFrom("tenant", "tenant", "tenant", "'a'", "'b'"),
  )
  .map((parts) => parts.join(""));
const coarse: ReferenceRow = ["g2", "ANY /{p0}/{p1}", "o:r"];

/**
 * The same rows for a coarse route, which one of the policies refines: a part of the path is then a parameter in one
 * of them, and a literal in the other.
 */
export const finerPair: fc.Arbitrary<PolicyPair> = fc
  .record({
    grants: fc.uniqueArray(
      fc
        .tuple(
          fc.constantFrom("allow", "allow", "deny"),
          fc.uniqueArray(atom, { minLength: 1, maxLength: 2 }),
        )
        .map(([effect, atoms]): ReferenceRow => [...["p", "group:a", "o:r", effect], atoms.join("&")]),
      { minLength: 1, maxLength: 2, selector: (row) => row.join() },
    ),
    finer: fc.constantFrom("GET /{p0}/b", "POST /a/{p1}", "GET /a/b", "ANY /b/{p1}"),
    isAfter: fc.boolean(),
  })
  .map(({ grants, finer, isAfter }) => {
    const [without, within] = [
      [coarse, ...grants],
      [coarse, ["g2", finer, "o:r"], ...grants],
    ];
    return isAfter ? { before: without, after: within } : { before: within, after: without };
  });

/** Pairs for the long run, a quarter of them with roles in a tenant. */
export const smallPair = fc.oneof(
  { weight: 2, arbitrary: fewestRows.map((pair) => ({ pair, withTenants: false })) },
  { weight: 1, arbitrary: finerPair.map((pair) => ({ pair, withTenants: false })) },
  { weight: 1, arbitrary: withTenantRows(fewestRows).map((pair) => ({ pair, withTenants: true })) },
);

function withTenantRows(pairs: fc.Arbitrary<PolicyPair>): fc.Arbitrary<PolicyPair> {
  return fc
    .tuple(
      pairs,
      fc.uniqueArray(tenantRow, { minLength: 1, maxLength: 3, selector: ({ row }) => row.join() }),
    )
    .map(([pair, drawn]) => {
      const of = (side: "before" | "after") => [
        ...pair[side].map((row) => row.map((field) => (field === "group:a" ? "group:a.e" : field))),
        ...drawn.filter((one) => one.side === "both" || one.side === side).map(({ row }) => row),
      ];
      return { before: of("before"), after: of("after") };
    });
}

interface Side {
  readonly rows: readonly ReferenceRow[];
  readonly policy: Policy;
}

/** A request of a caller that is answered otherwise. */
export interface Answered {
  /** Empty without a token. */
  readonly subjects: readonly Subject[];
  readonly app: App | undefined;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly gains: boolean;
  /** False for a `HEAD` that arrives by a route which the gateway of the other policy may not have: it may be told. */
  readonly isExpected: boolean;
}

/** A permission by itself that a token has in one of the policies only. */
export interface HeldOtherwise {
  readonly subjects: readonly Subject[];
  readonly app: App | undefined;
  readonly permission: string;
  readonly gains: boolean;
}

function subsets<T>(items: readonly T[]): readonly (readonly T[])[] {
  const all: T[][] = [[]];
  for (const item of items) for (const set of [...all]) all.push([...set, item]);
  return all;
}

interface Token {
  readonly subjects: readonly Subject[];
  readonly app: App | undefined;
}

const APPS = [...CLIENTS, "other"].flatMap((client) =>
  subsets(APP_SCOPES).map((scopes): App => ({ client, scopes })),
);
const MACHINE_TOKENS = subsets<Subject>(MACHINES).map(
  (set): Token => ({ subjects: ["role:machine", ...set], app: undefined }),
);

/** The tokens and claims to try. */
export interface World {
  readonly users: readonly Subject[];
  readonly methods: readonly string[];
  readonly paths: readonly (readonly string[])[];
  /** Values of the path that handlers name, and of claims, besides those of conditions. */
  readonly values: readonly string[];
  /** Whether a handler also asks for a permission without parameters that conditions compare. */
  readonly mayLack: boolean;
  /** Whether to try every value that conditions tell apart, where all cases are drawn. */
  readonly isWhole: boolean;
  readonly isPossible: (subjects: readonly Subject[], claims: Readonly<Record<string, string>>) => boolean;
}

/** Every token; without `p3` rows the app of a user makes no difference. */
function tokensFor(pair: PolicyPair, { users, isWhole }: World): readonly Token[] {
  const rows = [...pair.before, ...pair.after];
  const isLimited = rows.some(([type]) => type === "p3");
  const named = new Set(rows.flat());
  const apps = APPS.filter(
    ({ client, scopes }) =>
      isWhole ||
      ((client === "other" || named.has(`client:${client}`)) && scopes.every((one) => named.has(one))),
  );
  // A subject that no row names is as good as none.
  const hasLiteralB = rows.some(([type, , , , when]) => type === "p" && when?.includes("'b'"));
  const tried = users.filter((user) => {
    if (isWhole || named.has(user)) return true;
    return user === "group:b.e" ? hasLiteralB : user.endsWith(".e");
  });
  const ofUsers = (isLimited ? apps : apps.slice(0, 1)).flatMap((app) =>
    subsets<Subject>(tried).map((set): Token => ({ subjects: ["role:authenticated", ...set], app })),
  );
  return [...ofUsers, ...MACHINE_TOKENS];
}
/** The permissions that a row can grant; one that no row grants is enough of the others. */
function askedFor({ before, after }: PolicyPair, { isWhole }: World): readonly string[] {
  const granted = [...before, ...after].flatMap(([type, , what = ""]) => (type === "p" ? [what] : []));
  const canHave = (permission: string) => {
    const [resource, action] = permission.split(":");
    return granted.some((what) => ["*", permission, `${resource}:*`, `*:${action}`].includes(what));
  };
  return ASKED.filter((permission) => isWhole || permission === "q:unnamed" || canHave(permission));
}
const SEGMENTS = ["a", "b", "z"];
const PATHS = [0, 1, 2, 3].flatMap((length) =>
  Array.from({ length: SEGMENTS.length ** length }, (_, number) =>
    Array.from({ length }, (_unused, index) => SEGMENTS[Math.floor(number / 3 ** index) % 3] ?? ""),
  ),
);
/** Claims of any value in every token. */
const EVERY_TOKEN: World = {
  users: USERS,
  methods: ["GET", "HEAD", "POST"],
  paths: PATHS,
  values: ["1"],
  mayLack: true,
  isWhole: true,
  isPossible: () => true,
};

/** The groups of tenants, where rows name groups of a tenant: two are enough, and those that conditions name. */
const TENANT_GROUPS = ["group:a.e", "group:b.e", "group:z.e"] as const satisfies readonly Subject[];

/**
 * As Cognito issues them: with a `sub`, which is that of the user. Each route of {@link fewerRoutes} decides a path.
 */
export const possibleTokens = (withTenants: boolean): World => ({
  users: ["user:z", ...(withTenants ? TENANT_GROUPS : (["group:a"] as const))],
  methods: ["GET", "HEAD", "POST"],
  paths: PATHS.filter(({ length }) => length < 3).concat([["z", "z", "z"]]),
  values: ["1", "z"],
  mayLack: true,
  isWhole: false,
  isPossible: (subjects, { sub }) =>
    sub !== undefined && (subjects.includes("role:machine") || subjects.includes("user:z") === (sub === "z")),
});

/** Claims that are equal to every part of the path that a parameter can be, to none, and missing. */
function claimsFor(path: readonly string[], { values }: World): readonly Readonly<Record<string, string>>[] {
  const tails = path.map((_, index) => path.slice(index).join("/"));
  const tenants = [...new Set([...path, ...tails]), "other", undefined];
  return tenants.flatMap((tenant) =>
    [...new Set([...path, ...values]), "other", undefined].map((sub) => ({
      ...(tenant === undefined ? {} : { tenant }),
      ...(sub === undefined ? {} : { sub }),
    })),
  );
}

interface Match {
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const DEFAULT: Match = { template: "$default", parameters: {} };

/**
 * What the gateway may have matched: `$default`, a greedy route that the path fits, and what the gateway of one of the
 * policies gives a `HEAD` to.
 */
function matchesOf(method: string, path: readonly string[], sides: readonly Side[]) {
  const greedy = sides.flatMap(({ policy }) =>
    [...policy.routes.names].filter((name) => name.endsWith("+}")).map(templateOf),
  );
  const heads = method === "HEAD" ? sides.flatMap((side) => matchOfHead(path, side) ?? []) : [];
  return [
    { ...DEFAULT, isExpected: true },
    ...[...new Set(greedy)]
      .flatMap((template) => matched(template, path))
      .map((one) => ({ ...one, isExpected: true })),
    ...heads
      .filter(({ template }) => template.startsWith("/") && !template.endsWith("+}"))
      .map((one) => ({ ...one, isExpected: false })),
  ];
}

function matched(template: string, path: readonly string[]): readonly Match[] {
  const parts = partsOf(template);
  if (!fits(parts, path) || (!template.endsWith("+}") && parts.length !== path.length)) return [];
  const parameters = parts.flatMap((part, index) => {
    if (!part.startsWith("{")) return [];
    const value = part.endsWith("+}") ? path.slice(index).join("/") : (path[index] ?? "");
    return [[part.replaceAll(/[{}+]/g, ""), value] as const];
  });
  return [{ template, parameters: Object.fromEntries(parameters) }];
}

/**
 * What a gateway with the routes of the policy gives a `HEAD` to: never a route of `GET`. Of full matches the one with
 * the first literal that others have a parameter for, then the longest greedy one, then `$default`.
 */
function matchOfHead(path: readonly string[], { policy }: Side): Match | undefined {
  const names = [...policy.routes.names].filter((name) => /^(?:HEAD|ANY) /.test(name));
  const fitting = [...new Set(names.map(templateOf))].flatMap((template) => matched(template, path));
  const ranks = ({ template }: Match) =>
    partsOf(template).map((part) => (part.endsWith("+}") ? "2" : part.startsWith("{") ? "1" : "0"));
  const isGreedy = ({ template }: Match) => template.endsWith("+}");
  const [best] = fitting.sort(
    (one, other) =>
      Number(isGreedy(one)) - Number(isGreedy(other)) ||
      (ranks(one).join("") < ranks(other).join("") ? -1 : 1),
  );
  return best ?? (policy.routes.names.has("$default") ? DEFAULT : undefined);
}

const templateOf = (route: string) => route.replace(/^\S+ /, "");
const partsOf = (template: string) => template.split("/").slice(1).filter(Boolean);

function fits(parts: readonly string[], path: readonly string[]): boolean {
  return (
    parts.length <= path.length && parts.every((part, index) => part.startsWith("{") || part === path[index])
  );
}

/** How both policies resolve the request, for each way in which it may arrive. */
function resolvedBy(method: string, path: readonly string[], before: Side, after: Side) {
  const request = { method, path: `/${path.join("/")}`, encoding: "decoded" } as const;
  const by = ({ policy }: Side, match: Match) => resolveRoute(policy, { ...request, ...match });
  const found = matchesOf(method, path, [before, after]).flatMap((one) => {
    const [was, is] = [by(before, one), by(after, one)];
    // A table that has nothing behind a greedy route was written for a gateway without it.
    const strange = was.route === undefined || is.route === undefined;
    return one.template !== "$default" && strange && one.isExpected ? [] : [{ was, is, ...one }];
  });
  // A `HEAD`, behind the gateway of each policy.
  const [first, second] = [before, after].map((side) =>
    method === "HEAD" ? matchOfHead(path, side) : undefined,
  );
  if (first === undefined || second === undefined) return found;
  const [was, is] = [by(before, first), by(after, second)];
  if (was.route === undefined || is.route === undefined) return found;
  return [...found, { was, is, isExpected: true }];
}

/** Everything that is answered otherwise, each once. */
export function answeredOtherwise(pair: PolicyPair): readonly Answered[] {
  return [...new Map(Array.from(answers(pair, EVERY_TOKEN), (one) => [JSON.stringify(one), one])).values()];
}

/** What is answered otherwise: each method and path, each token and none. */
export function* answers(pair: PolicyPair, world: World): Generator<Answered, undefined> {
  const [before, after] = [sideOf(pair.before), sideOf(pair.after)];
  const isPossible = possibleIn(pair, world);
  for (const path of world.paths) {
    const claims = distinctFor(pair, claimsFor(path, world));
    const tried = new Set<string>();
    for (const method of world.methods) {
      for (const { was, is, isExpected } of resolvedBy(method, path, before, after)) {
        // The answer is that of the routes and their parameters, whatever the method.
        const asked = JSON.stringify([was, is, isExpected]);
        if (tried.has(asked)) continue;
        tried.add(asked);
        for (const token of [{ subjects: [], app: undefined }, ...timed(pair, world)]) {
          for (const own of claims) {
            if (token.subjects.length > 0 && !isPossible(token.subjects, own)) continue;
            const now = isAllowed(after, token, is, own);
            if (isAllowed(before, token, was, own) === now) continue;
            yield { ...token, before: was.route, after: is.route, gains: now, isExpected };
          }
        }
      }
    }
  }
  return undefined;
}

/** The permissions that rows can name, and some that none does. */
const ASKED = [...PERMISSIONS, "p:w", "o:unnamed", "q:unnamed", "q:r"];
/** What a handler may name: the literals of conditions, and a value of none. */
const triedIn = <T>(isWhole: boolean, everything: readonly T[], quick: readonly T[]) =>
  isWhole ? tried(everything, quick) : quick;
const namedValues = ({ values, mayLack, isWhole }: World): readonly Readonly<Record<string, string>>[] =>
  triedIn(
    isWhole,
    ["a", "b", ...values, undefined].flatMap((p0) =>
      ["a", "b", "1", undefined].flatMap((p1) =>
        ["a", "b", "1", undefined].map((proxy) => given({ p0, p1, proxy })),
      ),
    ),
    [
      ...["a", "b", ...values].flatMap((p0) =>
        ["a", "1"].flatMap((p1) => ["b", "1"].map((proxy) => ({ p0, p1, proxy }))),
      ),
      ...[{}, { p0: "a" }, { p1: "a" }, { proxy: "1" }].map(given),
    ],
  ).filter((one) => mayLack || Object.keys(one).length === 3);
const heldClaims = ({ values, isWhole }: World) =>
  ["a", ...triedIn(isWhole, ["b"], []), ...values, "3", undefined].flatMap((tenant) =>
    ["a", ...triedIn(isWhole, ["b"], []), ...values, undefined].map((sub) => given({ tenant, sub })),
  );

/** Without those that are undefined. */
function given(values: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** Every permission that a token has in one of the policies only, each once. */
export function permissionsHeldOtherwise(pair: PolicyPair): readonly HeldOtherwise[] {
  return [...new Map(Array.from(held(pair, EVERY_TOKEN), (one) => [JSON.stringify(one), one])).values()];
}

/** Every permission that a token has in one of the policies only, as a backend asks for it. */
export function* held(pair: PolicyPair, world: World): Generator<HeldOtherwise, undefined> {
  const [before, after] = [policyOf(pair.before), policyOf(pair.after)];
  const requests = distinctFor(pair, namedValues(world)).flatMap((parameters) =>
    distinctFor(pair, heldClaims(world)).map((claims) => ({ parameters, claims })),
  );
  const isPossible = possibleIn(pair, world);
  for (const permission of askedFor(pair, world)) {
    for (const token of timed(pair, world)) {
      for (const request of requests) {
        if (!isPossible(token.subjects, request.claims)) continue;
        const asked = { ...token, permission, ...request };
        const [was, is] = [decidePermission(before, asked).effect, decidePermission(after, asked).effect];
        if (was === is) continue;
        yield { ...token, permission, gains: is === "allow" };
      }
    }
  }
  return undefined;
}

/** A token, and how long ago its user signed in. */
type TimedToken = Token & { readonly authTime?: number | undefined; readonly time?: number | undefined };

const NOW = 1_800_000_000;
/** Within every limit of a condition, within some, within none, and unknown. */
const AGES = [10, 100, 400, undefined];

/** The tokens at every age of a sign-in that conditions tell apart; a machine has none. */
function timed(pair: PolicyPair, world: World): readonly TimedToken[] {
  const tokens = tokensFor(pair, world);
  const rows = [...pair.before, ...pair.after];
  if (!rows.some(([type, , , , when]) => type === "p" && when?.includes("max_age"))) return tokens;
  return tokens.flatMap((token) =>
    token.subjects.includes("role:machine")
      ? [token]
      : AGES.map((age) => ({ ...token, time: NOW, authTime: age === undefined ? undefined : NOW - age })),
  );
}

function sideOf(rows: readonly ReferenceRow[]): Side {
  return { rows, policy: policyOf(rows) };
}

/** One of all that differ only in parameters or claims that no condition and no group of a tenant names. */
function distinctFor<T extends Readonly<Record<string, string>>>(
  { before, after }: PolicyPair,
  all: readonly T[],
): readonly T[] {
  const conditions = [...before, ...after]
    .map(([type, member = "", , , when = ""]) => (type === "p" ? when : type === "g" ? member : ""))
    .join();
  const told = (one: T) => JSON.stringify(Object.entries(one).filter(([name]) => conditions.includes(name)));
  return [...new Map(all.map((one) => [told(one), one])).values()];
}

/** Where no condition names `sub`, its value does not matter. */
function possibleIn({ before, after }: PolicyPair, { isPossible }: World): World["isPossible"] {
  const isNamed = [...before, ...after].some(([type, , , , when]) => type === "p" && when?.includes("=sub"));
  return isNamed ? isPossible : () => true;
}

function isAllowed(
  { rows, policy }: Side,
  { subjects, app, authTime, time }: TimedToken,
  { route: name, parameters }: ReturnType<typeof resolveRoute>,
  claims: Readonly<Record<string, string>>,
): boolean {
  // A public route has no authorizer, so no function asks the policy.
  if (name !== undefined && policy.routeEntries.get(name)?.permissions.length === 0) return true;
  if (subjects.length === 0) return false;
  return (
    referenceDecide(rows, { subjects, app, route: name, parameters, claims, authTime, time }).effect ===
    "allow"
  );
}
