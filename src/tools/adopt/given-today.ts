import { objectOf } from "../../json.ts";
import { groupBy } from "../../policy/group-by.ts";
import { isSpecialRoute, parsePathRoute } from "../../policy/route.ts";
import { AUTHENTICATED, MACHINE, type Subject } from "../../policy/subject.ts";
import { subjectNameProblem } from "../../policy/subject-name.ts";
import { routeOfEvent } from "../service/event-route.ts";
import type { RouteAuthorizer, Service, ServiceRoute } from "../service/service.ts";
import type { ServiceSource } from "../service/service-source.ts";
import {
  type AcceptedClients,
  acceptedClients,
  haveMachines,
  sameClients,
  usersMayAsk,
} from "./accepted-clients.ts";
import { AUTHORIZER } from "./authorizer-name.ts";
import { httpTrust, restTrust, samePool, type Trust } from "./trusted-pool.ts";

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
  /** One entry for each event that deploys a route; of a WebSocket API, for `$connect`. */
  readonly routes: readonly GivenRoute[];
  /**
   * The pool and the app clients of the authorizers that claimgate replaces. No app clients if all of them stay, since
   * it is not known whose tokens newly guarded routes are to accept; undefined if there is none to replace.
   */
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
 *
 * @param isSetUp whether serverless.yml names the app clients of claimgate already: native authorizers then stay, since
 *   they may accept others
 */
export function givenToday(
  source: ServiceSource,
  service: Service,
  choices: Choices,
  isSetUp = false,
): GivenToday {
  const notes = new Set<string>();
  const trusts = nativeTrusts(source);
  const first = isSetUp
    ? undefined
    : mostTrusted(
        source,
        service.routes
          .filter((route) => isDecided(route) && route.authorizer?.kind === "native")
          .flatMap((route) => trusts.get(keyOf(route)) ?? []),
      );
  const read = service.routes.filter(isDecided).map((route): GivenRoute => {
    const trust = trusts.get(keyOf(route));
    return { route, given: givenBy(route, { source, choices, trust, first, isSetUp, notes }) };
  });
  const routes = [...settled(read), ...service.routes.filter(isUnnamable).map(unnamable)];
  const replaces = routes.some(
    ({ route, given }) => given.to === "subjects" && route.authorizer !== undefined,
  );
  return { routes, trust: first && (replaces ? first : { ...first, audience: [] }), notes: [...notes] };
}

/**
 * What the authorizers trust that claimgate replaces. It accepts one list of app clients on every route, so they all
 * accept the same: of the first pool, the clients with the most routes.
 */
function mostTrusted(source: ServiceSource, trusts: readonly Trust[]): Trust | undefined {
  const replaceable = trusts.filter(isReplaceable);
  const [first] = replaceable;
  if (first === undefined) return undefined;
  const alike = groupBy(
    replaceable.filter(({ pool }) => samePool(pool, first.pool)),
    (trust) => acceptedClients(source, trust).names.join(),
  );
  const [most] = [...alike.values()].sort((a, b) => b.length - a.length);
  return most?.[0];
}

interface World {
  readonly source: ServiceSource;
  readonly choices: Choices;
  readonly trust: Trust | undefined;
  /** What the native authorizers trust that claimgate replaces. */
  readonly first: Trust | undefined;
  readonly isSetUp: boolean;
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
    const why = isMisread(authorizer, trust) ? WITHOUT_TYPE : WHY_NOT[authorizer.kind](name);
    return { to: "others", authorizer: name, why };
  }
  if (world.isSetUp)
    return {
      to: "others",
      authorizer: name,
      why: "claimgate is set up without it; write `authorizer: claimgate` in its events to decide them by the policy",
    };
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
  const clients = acceptedClients(world.source, trust);
  if (first !== undefined && !sameClients(clients, acceptedClients(world.source, first))) {
    world.notes.add(otherClients(name, clients));
    return {
      to: "others",
      authorizer: name,
      why: "it accepts other app clients than the routes of the policy",
    };
  }
  const subjects =
    authorizer.scopes.length === 0
      ? withoutScopes(gateway, clients, world.notes)
      : withScopes(route, authorizer.scopes, clients, world.notes);
  return subjects.length > 0
    ? { to: "subjects", subjects, authorizer: name }
    : { to: "others", authorizer: name, why: "no token of the user pool can have its scopes" };
}

const WITHOUT_TYPE =
  "it lacks `type: COGNITO_USER_POOLS`, so the framework takes the user pool of its `arn` for a function";

/** An `arn` that is a reference to a user pool, which the framework cannot tell from that of a function. */
function isMisread({ kind }: RouteAuthorizer, trust: Trust | undefined): boolean {
  return kind === "other" && trust?.pool.kind === "resource";
}

const WHY_NOT: Readonly<Record<Exclude<RouteAuthorizer["kind"], "native">, (name: string) => string>> = {
  lambda: () => "it is a function of this service",
  foreign: (name) =>
    name === "AWS_IAM" ? "callers sign with AWS credentials" : "it is a function of this service",
  other: () => "it belongs to another stack",
};

/**
 * A function with the configuration of claimgate, or the name in events that the plugin gives one: it may be missing
 * still.
 */
function isOurs({ kind, name }: RouteAuthorizer, { functions }: ServiceSource): boolean {
  if (name === AUTHORIZER && functions.every((one) => one.name !== AUTHORIZER)) return true;
  return (
    kind === "lambda" &&
    functions.some(({ environment }) => environment["CLAIMGATE_USER_POOL_ID"] !== undefined)
  );
}

/** What to write for routes that keep their authorizer, since claimgate accepts one list of app clients on all. */
function otherClients(authorizer: string, { names }: AcceptedClients): string {
  return `the authorizer \`${authorizer}\` accepts other app clients (${names.map((name) => `\`${name}\``).join(", ")}) than the routes of the policy, so its routes keep it; to decide them by the policy, write their rows by hand, \`p, client:NAME, PERMISSION, allow\` for machines and \`p, group:NAME, PERMISSION, allow\` for users, and add the clients to \`custom.claimgate.appClients\`: every \`role:authenticated\` and \`role:machine\` row then applies to their tokens too`;
}

function withoutScopes(
  gateway: ServiceRoute["gateway"],
  clients: AcceptedClients,
  notes: Set<string>,
): readonly Subject[] {
  // There are no ID tokens for machines.
  if (gateway !== "http" || !haveMachines(clients)) return [AUTHENTICATED];
  if (!clients.allKnown)
    notes.add(
      `\`role:machine\` may call what \`role:authenticated\` may, since serverless.yml does not say whether ${listed(clients.names)} may use client credentials; if none of them does, remove its rows`,
    );
  return [AUTHENTICATED, MACHINE];
}

function withScopes(
  route: string,
  scopes: readonly string[],
  clients: AcceptedClients,
  notes: Set<string>,
): readonly Subject[] {
  const { allKnown } = clients;
  const machines = scopes
    .filter((scope) => scope.includes("/") && haveMachines(clients, scope))
    .map((scope): Subject => `scope:${scope}`)
    .filter((subject) => subjectNameProblem(subject) === undefined);
  const asked = scopes.filter(
    (scope) => USERS_ALWAYS.has(scope) || usersMayAsk(clients, scope) || (!allKnown && isOfUsers(scope)),
  );
  if (asked.length > 0) {
    notes.add(
      `\`${route}\` requires the scope ${listed(scopes)}; with claimgate every signed-in user may call it, since any user can sign in with an app client that asks for it`,
    );
    return [AUTHENTICATED, ...machines];
  }
  if (!allKnown && machines.length > 0) {
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

/** Only `$connect` of a WebSocket API has an authorizer. */
function isDecided({ gateway, route }: ServiceRoute): boolean {
  if (gateway === "websocket") return route === "$connect";
  return isSpecialRoute(route) || "route" in parsePathRoute(route);
}

/** Only `$connect` of a WebSocket API is asked. */
function isUnnamable(route: ServiceRoute): boolean {
  return route.gateway !== "websocket" && !isDecided(route);
}

function unnamable(route: ServiceRoute): GivenRoute {
  const authorizer = route.authorizer?.name ?? "none";
  return { route, given: { to: "others", authorizer, why: "a policy cannot name its path" } };
}

function isReplaceable({ pool, readsHeader }: Trust): boolean {
  return pool.kind !== "other" && readsHeader;
}

/** The policy has one row for a route that two APIs spell alike, so they have to give it to the same callers. */
function settled(routes: readonly GivenRoute[]): readonly GivenRoute[] {
  const byName = groupBy(routes, ({ route }) => route.route);
  return [...byName.values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined || alike.every(({ given }) => sameGiven(given, first.given))) return alike;
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

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(" or ");
}
