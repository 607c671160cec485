import { objectOf } from "../../json.ts";
import { isSpecialRoute, parsePathRoute } from "../../policy/route.ts";
import { AUTHENTICATED, MACHINE, type Subject } from "../../policy/subject.ts";
import { subjectNameProblem } from "../../policy/subject-name.ts";
import { groupBy } from "../access/group-by.ts";
import { routeOfEvent } from "../service/event-route.ts";
import type { RouteAuthorizer, Service, ServiceClient, ServiceRoute } from "../service/service.ts";
import type { ServiceSource } from "../service/service-source.ts";
import { httpTrust, restTrust, samePool, type Trust, type TrustedPool } from "./trusted-pool.ts";

/** Whom a route answers before claimgate decides it. */
export type Given =
  /** It has no authorizer. */
  | { readonly to: "everyone" }
  /** A JWT or COGNITO_USER_POOLS authorizer answers tokens with these subjects. */
  | { readonly to: "subjects"; readonly subjects: readonly Subject[]; readonly authorizer: string }
  /** Not known: an authorizer of claimgate decides it, or a function that claimgate replaces. */
  | { readonly to: "roles"; readonly replaces: boolean }
  /** Another authorizer decides it, and continues to. */
  | { readonly to: "others"; readonly authorizer: string; readonly why: string };

/** A route with whom it answers. */
export interface GivenRoute {
  readonly route: ServiceRoute;
  readonly given: Given;
}

/** What the routes give today, and whose tokens they accept. */
export interface GivenToday {
  /** One entry for each route that a policy can name. */
  readonly routes: readonly GivenRoute[];
  /** The pool and the app clients of the authorizers that claimgate replaces; undefined if it replaces none. */
  readonly trust: Trust | undefined;
  /** What a policy cannot say exactly as it is today, a sentence each. */
  readonly notes: readonly string[];
}

/** What to guard beyond what the service guards today. */
export interface Choices {
  /** Routes without an authorizer that get one, open to every signed-in user. */
  readonly guard: "all" | readonly string[];
  /** Lambda authorizers of the service that claimgate replaces. */
  readonly replace: readonly string[];
}

/**
 * Whom each route answers today. Native authorizers become subjects: without `scopes` a JWT authorizer answers every
 * token of its app clients, a COGNITO_USER_POOLS authorizer every ID token; with `scopes` both answer access tokens
 * that have one of them (Amazon API Gateway Developer Guide, "Control access to HTTP APIs with JWT authorizers in API
 * Gateway" and "Control access to REST APIs using Amazon Cognito user pools as an authorizer").
 */
export function givenToday(source: ServiceSource, service: Service, choices: Choices): GivenToday {
  const notes = new Set<string>();
  const trusts = nativeTrusts(source);
  const first = service.routes.flatMap((route) => trusts.get(keyOf(route)) ?? []).find(isReplaceable);
  const read = service.routes.filter(isDecided).map((route): GivenRoute => {
    const trust = trusts.get(keyOf(route));
    return { route, given: givenBy(route, { source, service, choices, trust, first, notes }) };
  });
  const routes = settled(read);
  return { routes, trust: first && togetherTrusted(first, routes, trusts, notes), notes: [...notes] };
}

/** The app clients of all authorizers that claimgate replaces: it accepts one list on every route. */
function togetherTrusted(
  { pool }: Trust,
  routes: readonly GivenRoute[],
  trusts: ReadonlyMap<string, Trust>,
  notes: Set<string>,
): Trust {
  const audiences = routes.flatMap(({ route, given }) => {
    const trust = given.to === "subjects" ? trusts.get(keyOf(route)) : undefined;
    return trust === undefined ? [] : [trust.audience];
  });
  if (distinct(audiences.map((audience) => audience ?? "every app client")).length > 1) {
    notes.add(
      "the authorizers accept different app clients; claimgate accepts the tokens of all of them on every route",
    );
  }
  const everyClient = audiences.some((audience) => audience === undefined);
  return {
    pool,
    audience: everyClient ? undefined : distinct(audiences.flatMap((audience) => audience ?? [])),
    readsHeader: true,
  };
}

interface World {
  readonly source: ServiceSource;
  readonly service: Service;
  readonly choices: Choices;
  readonly trust: Trust | undefined;
  /** What the first native authorizer trusts: a policy decides for one pool. */
  readonly first: Trust | undefined;
  readonly notes: Set<string>;
}

function givenBy({ gateway, route, authorizer }: ServiceRoute, world: World): Given {
  const { choices, trust, first } = world;
  if (authorizer === undefined) {
    const guarded = choices.guard === "all" || choices.guard.includes(route);
    return guarded ? { to: "subjects", subjects: [AUTHENTICATED], authorizer: "" } : { to: "everyone" };
  }
  const { name } = authorizer;
  if (authorizer.kind !== "native") {
    if (choices.replace.includes(name)) return { to: "roles", replaces: true };
    if (isOurs(authorizer, world.source)) return { to: "roles", replaces: false };
    return { to: "others", authorizer: name, why: WHY_NOT[authorizer.kind](name) };
  }
  if (trust === undefined) return { to: "others", authorizer: name, why: "it belongs to another stack" };
  if (trust.pool.kind === "other") return { to: "others", authorizer: name, why: trust.pool.why };
  if (first !== undefined && !samePool(first.pool, trust.pool))
    return { to: "others", authorizer: name, why: "it trusts another user pool than the other routes" };
  if (!trust.readsHeader)
    return {
      to: "others",
      authorizer: name,
      why: "it does not read the token from the `Authorization` header",
    };
  const subjects =
    authorizer.scopes.length === 0
      ? withoutScopes(gateway, trust.pool, world.service)
      : withScopes(route, authorizer.scopes, trust.pool, world);
  return subjects.length > 0
    ? { to: "subjects", subjects, authorizer: name }
    : { to: "others", authorizer: name, why: "no token of the user pool can have its scopes" };
}

const WHY_NOT: Readonly<Record<Exclude<RouteAuthorizer["kind"], "native">, (name: string) => string>> = {
  lambda: () => "it is a function of this service",
  foreign: (name) =>
    name === "AWS_IAM" ? "callers sign with AWS credentials" : "it is a function of this service",
  other: () => "it belongs to another stack",
};

/** A function with the configuration of claimgate. */
function isOurs({ kind }: RouteAuthorizer, { functions }: ServiceSource): boolean {
  return (
    kind === "lambda" &&
    functions.some(({ environment }) => environment["CLAIMGATE_USER_POOL_ID"] !== undefined)
  );
}

function withoutScopes(
  gateway: ServiceRoute["gateway"],
  pool: TrustedPool,
  service: Service,
): readonly Subject[] {
  // There are no ID tokens for machines.
  return gateway === "http" && mayHaveMachines(pool, service) ? [AUTHENTICATED, MACHINE] : [AUTHENTICATED];
}

function withScopes(
  route: string,
  scopes: readonly string[],
  pool: TrustedPool,
  { service, notes }: World,
): readonly Subject[] {
  const own = pool.kind === "resource";
  const machines = scopes
    .filter(
      (scope) =>
        scope.includes("/") && (!own || service.clients.some((client) => isForMachines(client, scope))),
    )
    .map((scope): Subject => `scope:${scope}`)
    .filter((subject) => subjectNameProblem(subject) === undefined);
  const asked = scopes.filter((scope) =>
    own
      ? USERS_ALWAYS.has(scope) || service.clients.some((client) => mayAsk(client, scope))
      : isOfUsers(scope),
  );
  if (asked.length > 0) {
    notes.add(
      `\`${route}\` requires the scope ${listed(scopes)}; with claimgate every signed-in user may call it, since any user can sign in with an app client that asks for it`,
    );
    return [AUTHENTICATED, ...machines];
  }
  if (!own) {
    notes.add(
      `\`${route}\` requires the scope ${listed(scopes)}; if users call it too, add \`p, role:authenticated, PERMISSION, allow\` for its permission`,
    );
  }
  return machines;
}

/** Of OpenID Connect and of Cognito itself; a machine's token never has them. */
function isOfUsers(scope: string): boolean {
  return ["openid", "email", "phone", "profile"].includes(scope) || USERS_ALWAYS.has(scope);
}

/** Cognito gives it to users who sign in without the hosted pages, whatever the app client allows. */
const USERS_ALWAYS: ReadonlySet<string> = new Set(["aws.cognito.signin.user.admin"]);

/** Whether a user can sign in with the app client and ask for the scope. */
function mayAsk({ flows, scopes }: ServiceClient, scope: string): boolean {
  return (
    scopes.includes(scope) && (flows === undefined || flows.some((flow) => flow !== "client_credentials"))
  );
}

/** Whether the app client gives machines tokens with the scope; it may leave its scopes to the plugin. */
function isForMachines({ flows, scopes }: ServiceClient, scope: string): boolean {
  return (flows?.includes("client_credentials") ?? true) && (scopes.length === 0 || scopes.includes(scope));
}

/** Whether an app client gives tokens to machines; assumed of a pool that this stack does not have. */
function mayHaveMachines(pool: TrustedPool, { clients }: Service): boolean {
  return (
    pool.kind !== "resource" || clients.some(({ flows }) => flows?.includes("client_credentials") ?? true)
  );
}

/** Only `$connect` of a WebSocket API has an authorizer. */
function isDecided({ gateway, route }: ServiceRoute): boolean {
  if (gateway === "websocket") return route === "$connect";
  return isSpecialRoute(route) || "route" in parsePathRoute(route);
}

function isReplaceable({ pool, readsHeader }: Trust): boolean {
  return pool.kind !== "other" && readsHeader;
}

/**
 * One entry for each name. Two events of one API are one route, and the one with an authorizer counts. The policy has
 * one row for a route that two APIs spell alike, so they have to give it to the same callers.
 */
function settled(routes: readonly GivenRoute[]): readonly GivenRoute[] {
  const byName = groupBy(routes, ({ route }) => route.route);
  return [...byName.values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    if (alike.every(({ given }) => sameGiven(given, first.given))) return [first];
    return alike.map((one): GivenRoute => {
      const authorizer = one.route.authorizer?.name ?? "none";
      const why = "two APIs have a route of this name and give it to different callers";
      return { route: one.route, given: { to: "others", authorizer, why } };
    });
  });
}

function sameGiven(a: Given, b: Given): boolean {
  if (a.to !== "subjects" || b.to !== "subjects") return a.to === b.to;
  return [...a.subjects].sort().join() === [...b.subjects].sort().join();
}

/** Route -> what its native authorizer trusts. */
function nativeTrusts(source: ServiceSource): ReadonlyMap<string, Trust> {
  const found = new Map<string, Trust>();
  for (const { name, events } of source.functions) {
    for (const event of events) {
      for (const [kind, gateway, read] of NATIVE) {
        const value = event[kind];
        const route = routeOfEvent(kind, value);
        const { authorizer } = objectOf(value);
        if (route === undefined || authorizer === undefined || authorizer === null) continue;
        found.set(`${gateway} ${name} ${route}`, read(source, authorizer));
      }
    }
  }
  return found;
}

const NATIVE = [
  ["httpApi", "http", httpTrust],
  ["http", "rest", restTrust],
] as const;

function keyOf({ gateway, functionName, route }: ServiceRoute): string {
  return `${gateway} ${functionName} ${route}`;
}

function distinct(values: readonly unknown[]): readonly unknown[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(" or ");
}
