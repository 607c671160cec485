import { type App, appCover } from "../../policy/app.ts";
import { type Atom, evaluateCondition, spellAtom } from "../../policy/condition.ts";
import { decide } from "../../policy/decide.ts";
import type { Decision } from "../../policy/decision.ts";
import { heldRows } from "../../policy/granted.ts";
import { conditionMatches } from "../../policy/matching.ts";
import type { DecisionRow, Policy, TenantRoles } from "../../policy/policy.ts";
import { hashed, withoutSecret, withoutSecretScope } from "../../policy/redaction.ts";
import { heldOn } from "../../policy/roles.ts";
import { decidingMethods } from "../../policy/route.ts";
import { MARKERS } from "../../policy/sensitive.ts";
import type { SignInTimes } from "../../policy/sign-in-age.ts";
import type { Subject } from "../../policy/subject.ts";
import { tenantOf, tenantTruth } from "../../policy/tenant-group.ts";
import { placesOf } from "../access/access-terms.ts";
import { routesInPlaceOf } from "../access/request-classes.ts";
import type { LoggedDecision } from "./entry.ts";

/** A logged request under another policy. */
type Again =
  | {
      readonly kind: "decided";
      /** The effect for the caller: as decided, except that a route that is now public allows everyone. */
      readonly effect: Decision["effect"];
      readonly decision: Decision;
      readonly request: AgainRequest;
      readonly route: string | undefined;
    }
  | { readonly kind: "undecided"; readonly why: Undecided; readonly missing: readonly string[] };

/** Why a decision cannot be replayed. */
export type Undecided =
  /** A condition compares a value that no condition compared then, so the log lacks it; `missing` names it. */
  | "input-not-logged"
  /** The policy has `p3` rows, and the line is from before the log had the app of a user's token. */
  | "app-not-logged"
  /**
   * The gateway's route is greedy or not in the log, the former route is no longer declared, and the path determines
   * which other one decides.
   */
  | "path-not-logged";

/** The request of a line, as far as the log has it. */
export interface AgainRequest extends SignInTimes {
  readonly subjects: readonly Subject[];
  readonly app: App | undefined;
  readonly route: string | undefined;
}

/** The result of a logged request under the policy. */
interface Known extends AgainRequest {
  readonly parameters: Readonly<Record<string, string>>;
  readonly claims: Readonly<Record<string, string>>;
  /** Whether the log has the values that the atom compares, even if they were missing. */
  readonly isLogged: (atom: Atom) => boolean;
  /** Whether the log has the tenant that the parameter names, even if it names none. */
  readonly isTenantLogged: (parameter: string) => boolean;
}

/** Decides logged requests by a policy. Resolves subjects that are digests in the log among those of the policy. */
export function createReplayer(policy: Policy): Replayer {
  const names = hiddenNames(policy);
  const known = (logged: LoggedDecision) => knownOf(policy, names, logged);
  return {
    decideAgain(logged) {
      const request = known(logged);
      if (request === undefined) return { kind: "undecided", why: "path-not-logged", missing: [] };
      const missing = missingInputs(policy, request);
      if (missing.length > 0) return { kind: "undecided", why: "input-not-logged", missing };
      const decision = decide(policy, request);
      if (decision.reason === "app_not_allowed" && request.app === undefined) {
        return { kind: "undecided", why: "app-not-logged", missing: [] };
      }
      // If an authorizer decided a public route then, it still does.
      const opened =
        decision.reason === "route_without_permission" && logged.reason !== "route_without_permission";
      return {
        kind: "decided",
        effect: opened ? "allow" : decision.effect,
        decision,
        request,
        route: request.route,
      };
    },
    allowing(logged) {
      const request = known(logged);
      if (request === undefined) return { subjects: logged.subjects, rows: [] };
      const rows = candidatesOf(policy, request)
        .filter(({ row, match }) => row.effect === "allow" && match !== "no")
        .map(({ row }) => row);
      return { subjects: request.subjects, rows };
    },
  };
}

export interface Replayer {
  /** Today's decision on the logged request, if the log has all values. */
  decideAgain(logged: LoggedDecision): Again;
  /** Today's allow rows that match or may match the request: an unknown condition counts as true. */
  allowing(logged: LoggedDecision): {
    readonly subjects: readonly Subject[];
    readonly rows: readonly DecisionRow[];
  };
}

function knownOf(
  policy: Policy,
  names: ReadonlyMap<string, Subject>,
  logged: LoggedDecision,
): Known | undefined {
  const route = routeOf(policy, logged);
  if (route === "path-not-logged") return undefined;
  const subjects = logged.subjects.map((subject) => names.get(subject) ?? subject);
  const app = appOfLine(policy, logged);
  if (logged.about === "answer") {
    // It was decided without parameters, so a condition is unknown regardless of the claims.
    const always = () => true;
    return {
      subjects,
      app,
      route: route.name,
      parameters: {},
      claims: {},
      isLogged: always,
      isTenantLogged: always,
    };
  }
  const parameters = new Map<string, string | undefined>();
  const claims = new Map<string, string | undefined>();
  const place = parameterPlaces(logged.route, route.name);
  const age = logged.inputs.find((input) => input.parameter === undefined && input.claim === "auth_time");
  for (const input of logged.inputs) {
    if (input.parameter === undefined) continue;
    if (place(input.parameter) === "same") parameters.set(input.parameter, input.parameterValue);
    if (input.claim !== undefined) claims.set(input.claim, input.claimValue);
  }
  const sub = claims.has("sub") ? undefined : subOf(subjects);
  if (sub !== undefined) claims.set("sub", hides(parameters) ? hashed(sub) : sub);
  const literals = literalsByDigest(policy);
  for (const values of [parameters, claims]) {
    for (const [name, value] of values) values.set(name, literals.get(value ?? "") ?? value);
  }
  // Not those that only a tenant's name is known of: what cannot be one is logged as if it were missing.
  const compared = new Set(parameters.keys());
  const isLogged = ({ parameter, claim }: Atom) =>
    parameter === undefined
      ? age !== undefined
      : place(parameter) === "none" ||
        (compared.has(parameter) && (claim === undefined || claims.has(claim)));
  const tenants = tenantsLogged(
    policy,
    subjects,
    logged,
    parameters,
    (parameter) => place(parameter) === "same",
  );
  const shown = (value: string | undefined) => (value === undefined ? undefined : tenants.nameOf(value));
  for (const [name, value] of parameters) parameters.set(name, shown(value));
  for (const [name, value] of claims) claims.set(name, shown(value));
  for (const [name, value] of tenants.named) if (!parameters.has(name)) parameters.set(name, value);
  return {
    subjects,
    app,
    route: route.name,
    parameters: present(parameters),
    claims: present(claims),
    ...signInOf(age),
    isLogged,
    isTenantLogged: (parameter) => place(parameter) === "none" || tenants.named.has(parameter),
  };
}

/** Scopes that the log has as digests are resolved among those of the policy. */
function appOfLine({ appScopes }: Policy, { app }: LoggedDecision): App | undefined {
  if (app === undefined) return undefined;
  const named = new Map(appScopes.map((scope) => [withoutSecretScope(scope), scope]));
  return { client: app.client, scopes: app.scopes.map((scope) => named.get(scope) ?? scope) };
}

/** The tenants that parameters name, as far as the log has them, and the names behind its digests. */
interface LoggedTenants {
  readonly named: ReadonlyMap<string, string | undefined>;
  /** Equal values get equal names: conditions then compare what they compared. */
  readonly nameOf: (value: string) => string;
}

function tenantsLogged(
  policy: Policy,
  subjects: readonly Subject[],
  logged: LoggedDecision,
  parameters: ReadonlyMap<string, string | undefined>,
  isSame: (parameter: string) => boolean,
): LoggedTenants {
  const own = policy.tenantRoles.flatMap((group) => subjects.flatMap((one) => tenantOf(group, one) ?? []));
  const digests = new Map(own.map((tenant) => [hashed(tenant), tenant]));
  const named = new Map<string, string | undefined>();
  for (const [parameter, value] of parameters) {
    // A digest that is of none of the groups may be of another tenant, or of what cannot be a tenant's name.
    if (value?.startsWith("sha256:") !== true) named.set(parameter, value);
    else if (digests.has(value)) named.set(parameter, digests.get(value));
  }
  for (const { parameter, tenant } of logged.tenants.filter(({ parameter }) => isSame(parameter))) {
    if (tenant?.startsWith("sha256:") === true && !digests.has(tenant)) {
      digests.set(tenant, tenant.replace(":", "-"));
    }
    named.set(parameter, tenant === undefined ? undefined : (digests.get(tenant) ?? tenant));
  }
  return { named, nameOf: (value) => digests.get(value) ?? value };
}

/** Whether the former route had a parameter of today's route in the same place; `none` if today's route lacks it. */
function parameterPlaces(
  then: string | undefined,
  now: string | undefined,
): (parameter: string) => "same" | "none" | "other" {
  if (then === undefined || now === undefined || then === now) return () => "same";
  const [before, after] = [placesOf(then, now), placesOf(now, then)];
  return (parameter) => {
    const place = after.get(parameter);
    return place === undefined ? "none" : place === before.get(parameter) ? "same" : "other";
  };
}

/**
 * Today's route. The gateway's match determines it, unless that leaves the path open: then it is the route of the log,
 * if it is still declared, else the one that decides all of its requests.
 */
function routeOf(
  policy: Policy,
  { method, template, route, about }: LoggedDecision,
): { readonly name: string | undefined } | "path-not-logged" {
  const { names } = policy.routes;
  if (about === "answer") return { name: route };
  if (template !== undefined && method !== undefined && !leavesPathOpen(template)) {
    const spellings = template.startsWith("/")
      ? decidingMethods(method).map((one) => `${one} ${template}`)
      : [template];
    return { name: spellings.find((name) => names.has(name)) };
  }
  if (route !== undefined && names.has(route)) return { name: route };
  if (route === undefined || method === undefined) return "path-not-logged";
  const routes = [...routesInPlaceOf(policy.routes, { method, route, template })];
  return routes.length === 1 ? { name: routes[0] } : "path-not-logged";
}

/** Whether different routes may decide requests of the same template; a template may also be scrubbed. */
export function leavesPathOpen(template: string | undefined): boolean {
  return (
    template === undefined ||
    template === "$default" ||
    template.endsWith("+}") ||
    MARKERS.some((marker) => template.includes(marker))
  );
}

/** Rows of the log have digests in place of anything that looks like an e-mail address. */
function hiddenNames(policy: Policy): ReadonlyMap<string, Subject> {
  const named = [
    ...policy.decisionRows.map(({ subject }) => subject),
    ...([...policy.directRoles.keys()] as Subject[]),
  ];
  return new Map(
    named.flatMap((subject) => {
      const hidden = withoutSecret(subject);
      return hidden === subject ? [] : [[hidden, subject] as const];
    }),
  );
}

function signInOf(age: LoggedDecision["inputs"][number] | undefined): SignInTimes {
  const authTime = age?.claimValue === undefined ? undefined : Number(age.claimValue);
  return { authTime, time: age?.time };
}

/** The literals of the policy, which the log may have as digests. */
function literalsByDigest({ conditions }: Policy): ReadonlyMap<string, string> {
  const literals = [...conditions.values()].flat().flatMap(({ literal }) => literal ?? []);
  return new Map(literals.map((literal) => [hashed(literal), literal]));
}

/** The `sub` of a user is in its subjects; with a pool alias its start is ambiguous. */
function subOf(subjects: readonly Subject[]): string | undefined {
  const user = subjects.find((subject) => subject.startsWith("user:"))?.slice("user:".length);
  return user === undefined || user.includes("/") || user.startsWith("sha256:") ? undefined : user;
}

/** Whether the log has digests of all inputs, not only of e-mail addresses. A `sub` is not an e-mail address. */
function hides(parameters: ReadonlyMap<string, string | undefined>): boolean {
  const values = [...parameters.values()].filter((value) => value !== undefined);
  return values.length > 0 && values.every((value) => value.startsWith("sha256:"));
}

function present(values: ReadonlyMap<string, string | undefined>): Readonly<Record<string, string>> {
  const record = Object.create(null) as Record<string, string>;
  for (const [name, value] of values) if (value !== undefined) record[name] = value;
  return record;
}

interface Candidate {
  readonly row: DecisionRow;
  /** `open`: it depends on values that the log lacks. */
  readonly match: "yes" | "no" | "open";
  /** The group of a tenant that gives the row's subject, if the log lacks the tenant. */
  readonly of: TenantRoles | undefined;
}

function candidatesOf(policy: Policy, request: Known): readonly Candidate[] {
  const entry = request.route === undefined ? undefined : policy.routeEntries.get(request.route);
  if (entry === undefined) return [];
  const open = policy.tenantRoles.filter((group) => isOpen(group, request));
  const tenantRoles = policy.tenantRoles.filter((group) => !open.includes(group));
  const { certain, unknown } = heldOn({ ...policy, tenantRoles }, request.subjects, request.parameters);
  const held = [
    ...heldRows(entry, certain),
    ...heldRows(entry, unknown).filter(({ effect }) => effect === "deny"),
  ];
  const perhaps = open.flatMap((of) =>
    heldRows(entry, new Set(of.roles.filter((role) => !certain.has(role)))).map((row) => {
      return { row, match: matchOf(row, request) === "no" ? ("no" as const) : ("open" as const), of };
    }),
  );
  // If the log lacks the app, every allow row may count.
  const cover = request.app === undefined ? undefined : appCover(policy, entry, certain, request.app);
  return [...held.map((row) => ({ row, match: matchOf(row, request), of: undefined })), ...perhaps].filter(
    ({ row }) => row.effect === "deny" || cover?.covering.has(row.permission) !== false,
  );
}

/** Whether the token may have the group of the request's tenant, and the log cannot tell. */
function isOpen(group: TenantRoles, { subjects, parameters, isTenantLogged }: Known): boolean {
  // A group whose name is a digest in the log may be of any tenant.
  if (subjects.some((subject) => subject.startsWith("group:sha256:"))) return true;
  return !isTenantLogged(group.parameter) && tenantTruth(group, subjects, parameters) !== undefined;
}

function matchOf({ effect, condition }: DecisionRow, request: Known): Candidate["match"] {
  const logged = (condition ?? []).filter(request.isLogged);
  if (logged.length === (condition ?? []).length) {
    return conditionMatches(effect, condition, request) ? "yes" : "no";
  }
  return evaluateCondition(logged, request) === "false" ? "no" : "open";
}

/**
 * The comparisons that the answer depends on and the log lacks; none if the answer is the same for all their values.
 * `decide`, which treats them as missing, then gives that answer.
 */
function missingInputs(policy: Policy, request: Known): readonly string[] {
  const rows = candidatesOf(policy, request);
  const open = rows.filter(({ match }) => match === "open");
  const sure = (effect: "allow" | "deny") =>
    rows.some(({ row, match }) => match === "yes" && row.effect === effect);
  const may = (effect: "allow" | "deny") => open.some(({ row }) => row.effect === effect);
  const settled = open.length === 0 || sure("deny") || (sure("allow") ? !may("deny") : !may("allow"));
  if (settled) return [];
  const atoms = open.flatMap(({ row }) => row.condition ?? []);
  const names = atoms.filter((atom) => !request.isLogged(atom)).map(spellAtom);
  const groups = open.flatMap(({ of }) => of?.member ?? []);
  return [...new Set([...names, ...groups])].sort();
}
