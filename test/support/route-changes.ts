import fc from "fast-check";
import type { App } from "../../src/policy/app.ts";
import { decidePermission } from "../../src/policy/decide.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { type ReferenceRow, referenceDecide } from "../../src/policy/reference.ts";
import { resolveRoute } from "../../src/policy/route-table.ts";
import type { Subject } from "../../src/policy/subject.ts";
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
const USERS = ["group:a", "group:b", "user:u"] as const satisfies readonly Subject[];
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

/** Rows that both policies have but for a few. */
const rowsOfTwo = fc
  .record({
    grants: fc.array(grant, { minLength: 1, maxLength: 7, size: "max" }),
    roles: fc.array(role, { maxLength: 4, size: "max" }),
    routes: fc.uniqueArray(route, { minLength: 1, maxLength: 8, size: "max", selector: ([row]) => row?.[1] }),
    apps: appRows,
    sides: fc.array(fc.constantFrom("both", "both", "before", "after"), { minLength: 40, maxLength: 40 }),
  })
  .map(({ grants, roles, routes, apps, sides }) => {
    const rows = [
      ...new Map([...grants, ...roles, ...routes.flat(), ...apps].map((row) => [row.join(), row])).values(),
    ];
    const of = (side: string) => rows.filter((_, index) => sides[index] === "both" || sides[index] === side);
    return { before: of("before"), after: of("after") };
  })
  .filter(({ before, after }) => [before, after].every((rows) => rows.some(([type]) => type === "p")));

/** Two policies, as rows that differ in a few of any type. */
export interface PolicyPair {
  readonly before: readonly ReferenceRow[];
  readonly after: readonly ReferenceRow[];
}

export const policyPair: fc.Arbitrary<PolicyPair> = rowsOfTwo;

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

/** Every token; without `p3` rows the app of a user makes no difference. */
function tokensFor(pair: PolicyPair): readonly Token[] {
  const isLimited = [...pair.before, ...pair.after].some(([type]) => type === "p3");
  const users = (isLimited ? APPS : APPS.slice(0, 1)).flatMap((app) =>
    subsets<Subject>(USERS).map((set): Token => ({ subjects: ["role:authenticated", ...set], app })),
  );
  return [...users, ...MACHINE_TOKENS];
}
const SEGMENTS = ["a", "b", "z"];
const PATHS = [0, 1, 2, 3].flatMap((length) =>
  Array.from({ length: SEGMENTS.length ** length }, (_, number) =>
    Array.from({ length }, (_unused, index) => SEGMENTS[Math.floor(number / 3 ** index) % 3] ?? ""),
  ),
);
/** Claims that are equal to every part of the path that a parameter can be, to none, and missing. */
function claimsFor(path: readonly string[]): readonly Readonly<Record<string, string>>[] {
  const tails = path.map((_, index) => path.slice(index).join("/"));
  const tenants = [...new Set([...path, ...tails]), "other", undefined];
  return tenants.flatMap((tenant) =>
    [...new Set(path), "other", undefined].map((sub) => ({
      ...(tenant === undefined ? {} : { tenant }),
      ...(sub === undefined ? {} : { sub }),
    })),
  );
}

/** What the gateway may have matched: `$default`, or a greedy route that the path fits. */
function matchesOf(path: readonly string[], sides: readonly Side[]) {
  const templates = sides.flatMap(({ policy }) =>
    [...policy.routes.names].filter((name) => name.endsWith("+}")).map((name) => name.replace(/^\S+ /, "")),
  );
  const fitting = [...new Set(templates)].flatMap((template) => {
    const parts = template.slice(1).split("/");
    const fits =
      parts.length <= path.length &&
      parts.every((part, index) => part.startsWith("{") || part === path[index]);
    const parameters = parts.flatMap((part, index) => {
      if (!part.startsWith("{")) return [];
      const value = part.endsWith("+}") ? path.slice(index).join("/") : (path[index] ?? "");
      return [[part.replaceAll(/[{}+]/g, ""), value] as const];
    });
    return fits ? [{ template, parameters: Object.fromEntries(parameters) }] : [];
  });
  return [{ template: "$default", parameters: {} }, ...fitting];
}

/** Everything that is answered otherwise: each method and path, each token and none. */
export function answeredOtherwise(pair: PolicyPair): readonly Answered[] {
  const [before, after] = [sideOf(pair.before), sideOf(pair.after)];
  const found = new Map<string, Answered>();
  for (const path of PATHS) {
    const claims = distinctFor(pair, claimsFor(path));
    const tried = new Set<string>();
    for (const method of ["GET", "HEAD", "POST"]) {
      for (const one of matchesOf(path, [before, after])) {
        const matched = { ...one, method, path: `/${path.join("/")}`, encoding: "decoded" } as const;
        const [was, is] = [resolveRoute(before.policy, matched), resolveRoute(after.policy, matched)];
        // A table that has nothing behind a greedy route was written for a gateway without it.
        const strange = was.route === undefined || is.route === undefined;
        if (one.template !== "$default" && strange) continue;
        // The answer is that of the routes and their parameters, whatever the method.
        const asked = JSON.stringify([was, is]);
        if (tried.has(asked)) continue;
        tried.add(asked);
        for (const token of [{ subjects: [], app: undefined }, ...timed(pair)]) {
          for (const own of claims) {
            const now = isAllowed(after, token, is, own);
            if (isAllowed(before, token, was, own) === now) continue;
            const key = JSON.stringify([token, was.route ?? null, is.route ?? null, now]);
            found.set(key, { ...token, before: was.route, after: is.route, gains: now });
          }
        }
      }
    }
  }
  return [...found.values()];
}

/** The permissions that rows can name, and some that none does. */
const ASKED = [...PERMISSIONS, "p:w", "o:unnamed", "q:unnamed", "q:r"];
/** What a handler may name: the literals of conditions, and a value of none. */
const NAMED = ["a", "b", "1"].flatMap((p0) =>
  ["a", "1"].flatMap((p1) => ["b", "1"].map((proxy) => ({ p0, p1, proxy }))),
);
const HELD_CLAIMS = ["a", "1", "3", undefined].flatMap((tenant) =>
  ["a", "1", undefined].map((sub) => ({
    ...(tenant === undefined ? {} : { tenant }),
    ...(sub === undefined ? {} : { sub }),
  })),
);

/** Every permission that a token has in one of the policies only, as a backend asks for it. */
export function permissionsHeldOtherwise(pair: PolicyPair): readonly HeldOtherwise[] {
  const [before, after] = [policyOf(pair.before), policyOf(pair.after)];
  const requests = distinctFor(pair, NAMED).flatMap((parameters) =>
    distinctFor(pair, HELD_CLAIMS).map((claims) => ({ parameters, claims })),
  );
  const found = new Map<string, HeldOtherwise>();
  for (const permission of ASKED) {
    for (const token of timed(pair)) {
      for (const request of requests) {
        const asked = { ...token, permission, ...request };
        const [was, is] = [decidePermission(before, asked).effect, decidePermission(after, asked).effect];
        if (was === is) continue;
        const one = { ...token, permission, gains: is === "allow" };
        found.set(JSON.stringify(one), one);
      }
    }
  }
  return [...found.values()];
}

/** A token, and how long ago its user signed in. */
type TimedToken = Token & { readonly authTime?: number | undefined; readonly time?: number | undefined };

const NOW = 1_800_000_000;
/** Within every limit of a condition, within some, within none, and unknown. */
const AGES = [10, 100, 400, undefined];

/** The tokens at every age of a sign-in that conditions tell apart; a machine has none. */
function timed(pair: PolicyPair): readonly TimedToken[] {
  const tokens = tokensFor(pair);
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

/** One of all that differ only in parameters or claims that no condition of the policies names. */
function distinctFor<T extends Readonly<Record<string, string>>>(
  { before, after }: PolicyPair,
  all: readonly T[],
): readonly T[] {
  const conditions = [...before, ...after]
    .map(([type, , , , when = ""]) => (type === "p" ? when : ""))
    .join();
  const told = (one: T) => JSON.stringify(Object.entries(one).filter(([name]) => conditions.includes(name)));
  return [...new Map(all.map((one) => [told(one), one])).values()];
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
