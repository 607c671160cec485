import { ClaimgateError } from "../../../errors.ts";
import type { App } from "../../../policy/app.ts";
import { decide } from "../../../policy/decide.ts";
import type { Decision } from "../../../policy/decision.ts";
import type { Policy } from "../../../policy/policy.ts";
import { isHidden } from "../../../policy/redaction.ts";
import { signInAge } from "../../../policy/sign-in-age.ts";
import { AUTHENTICATED, MACHINE, type Subject } from "../../../policy/subject.ts";
import { hasBraces, tenantOf } from "../../../policy/tenant-group.ts";
import { namedSubjects } from "../../access/named-subjects.ts";
import { QuestionError, readSubjects } from "../../access/question.ts";
import type { AgainRequest } from "../decide-again.ts";
import { createPlaceholders, type PlacedValue, type Placeholders } from "./placeholders.ts";

/** A request without what is only of one person: what a policy test can ask. */
export interface LearnedCase {
  /** The subjects that rows name, sorted, and the role of the token's kind; tenants have placeholders. */
  readonly subjects: readonly Subject[];
  /** Only if the policy has `p3` rows: the app, and its scopes that they name. */
  readonly app: App | undefined;
  /**
   * What else of the caller was compared: claims by `claim:NAME`, and `age` in seconds; undefined if it was missing.
   */
  readonly facts: ReadonlyMap<string, string | undefined>;
  readonly route: string;
  /** The compared parameters that the request had, sorted by name. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
  readonly effect: Decision["effect"];
}

/** Why a decision is no policy test. */
export type Unlearnable =
  /** A row names the user, or a group that looks like an address: the test would name a person. */
  | "names-a-person"
  /** The policy does not declare the route. */
  | "route-undeclared"
  /** No `p3` row names the app of the user, so that a test cannot name it either. */
  | "app-unnamed"
  /** Anything else that a test would decide otherwise, such as a public route behind an authorizer. */
  | "inexpressible";

/** Turns decided requests into cases that the policy decides alike. */
export function createCaseReader(
  policy: Policy,
): (request: AgainRequest, decision: Decision) => LearnedCase | Unlearnable {
  const named = namedSubjects(policy);
  const placeholders = createPlaceholders(policy, named);
  const limits = ageLimits(policy);
  return (request, decision) => {
    const { route } = request;
    if (route === undefined || !policy.routeEntries.has(route)) return "route-undeclared";
    const subjects = request.subjects.filter((one) => isKnown(policy, named, one));
    if (subjects.some((one) => one.startsWith("user:") || isHidden(one))) return "names-a-person";
    if (!isExpressible(subjects)) return "inexpressible";
    const app = appIn(policy, request);
    if (app === "app-unnamed") return app;
    const found = generalised(policy, placeholders, subjects, decision);
    if (found === undefined) return "inexpressible";
    const age = decision.inputs.some(({ parameter }) => parameter === undefined)
      ? [["age", shownAge(limits, signInAge(request))] as const]
      : [];
    const learned = {
      ...found,
      facts: new Map([...found.facts, ...age]),
      app,
      route,
      effect: decision.effect,
    };
    return isDecidedAlike(policy, learned) ? learned : "inexpressible";
  };
}

function isKnown(policy: Policy, named: ReadonlySet<Subject>, subject: Subject): boolean {
  if (subject === AUTHENTICATED || subject === MACHINE || named.has(subject)) return true;
  return policy.tenantRoles.some((group) => tenantOf(group, subject) !== undefined);
}

/** Whether a test names exactly these: no name has a comma, and the token is of one kind. */
function isExpressible(subjects: readonly Subject[]): boolean {
  try {
    const read = readSubjects(subjects.join(","));
    return read.length === subjects.length && read.every((one) => subjects.includes(one) && !hasBraces(one));
  } catch (error) {
    if (error instanceof QuestionError) return false;
    throw error;
  }
}

function appIn(
  { apps, appScopes }: Policy,
  { app, subjects }: AgainRequest,
): App | undefined | "app-unnamed" {
  if (apps.size === 0 || subjects.includes(MACHINE)) return undefined;
  if (app === undefined || !apps.has(app.client)) return "app-unnamed";
  return { client: app.client, scopes: appScopes.filter((scope) => app.scopes.includes(scope)) };
}

type Generalised = Pick<LearnedCase, "subjects" | "facts" | "parameters">;

/** Undefined if the groups of tenants cannot be renamed. */
function generalised(
  policy: Policy,
  placeholders: Placeholders,
  subjects: readonly Subject[],
  { inputs, tenants }: Decision,
): Generalised | undefined {
  const parameters = new Map<string, string | undefined>();
  const claims = new Map<string, string | undefined>();
  for (const { parameter, tenant } of tenants) parameters.set(parameter, tenant);
  for (const { parameter, parameterValue, claim, claimValue } of inputs) {
    if (parameter === undefined) continue;
    parameters.set(parameter, parameterValue);
    // Without the parameter, the comparison is unknown whatever the claim is.
    if (claim !== undefined && parameterValue !== undefined) claims.set(claim, claimValue);
  }
  const own = ownTenants(policy, subjects, new Set(present(parameters).map(([, value]) => value)));
  if (own === undefined) return undefined;
  const values = placeholders.of([
    ...own.tenants.map((value, index): PlacedValue => ({ place: { kind: "tenant", index }, value })),
    ...present(claims).map(([name, value]): PlacedValue => ({ place: { kind: "claim", name }, value })),
    ...present(parameters).map(
      ([name, value]): PlacedValue => ({ place: { kind: "parameter", name }, value }),
    ),
  ]);
  const shown = (value: string) => values.get(value) ?? value;
  return {
    subjects: subjects.map((one) => own.renamed(one, shown)).sort(),
    facts: new Map(
      [...claims].sort(byName).map(([name, value]) => [`claim:${name}`, value && shown(value)] as const),
    ),
    parameters: present(parameters).map(([name, value]) => [name, shown(value)] as const),
  };
}

function present(values: ReadonlyMap<string, string | undefined>): readonly (readonly [string, string])[] {
  return [...values]
    .flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
    .sort(byName);
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The tenants of a token, and its groups with other names of them. */
interface OwnTenants {
  readonly tenants: readonly string[];
  readonly renamed: (subject: Subject, shown: (tenant: string) => string) => Subject;
}

/**
 * Tenants are ordered by their groups, then by whether the request names them, so that tokens with the same groups of
 * other tenants become one caller. Undefined if a group is that of two tenants, which no renaming keeps.
 */
function ownTenants(
  { tenantRoles }: Policy,
  subjects: readonly Subject[],
  asked: ReadonlySet<string>,
): OwnTenants | undefined {
  const groups = new Map<string, Set<string>>();
  const found = new Map<
    Subject,
    { readonly before: string; readonly after: string; readonly tenant: string }
  >();
  for (const subject of subjects) {
    for (const { before, after } of tenantRoles) {
      const tenant = tenantOf({ before, after, member: subject, parameter: "" }, subject);
      if (tenant === undefined) continue;
      const known = found.get(subject);
      if (known !== undefined && known.tenant !== tenant) return undefined;
      found.set(subject, { before, after, tenant });
      groups.set(tenant, (groups.get(tenant) ?? new Set()).add(`${before} ${after}`));
    }
  }
  const rank = (tenant: string) =>
    [...(groups.get(tenant) ?? [])].sort().join() + (asked.has(tenant) ? " 0" : " 1");
  return {
    tenants: [...groups.keys()].sort((a, b) =>
      rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : a < b ? -1 : 1,
    ),
    renamed: (subject, shown) => {
      const group = found.get(subject);
      return group === undefined
        ? subject
        : (`${group.before}${shown(group.tenant)}${group.after}` as Subject);
    },
  };
}

/** The limits of `max_age` in the policy, ascending. */
function ageLimits({ conditions }: Policy): readonly number[] {
  const limits = [...conditions.values()].flat().flatMap(({ maxAge }) => maxAge ?? []);
  return [...new Set(limits)].sort((a, b) => a - b);
}

/** The smallest age that is within the same limits. */
function shownAge(limits: readonly number[], age: number | undefined): string | undefined {
  if (age === undefined) return undefined;
  const exceeded = limits.filter((limit) => limit < age).at(-1);
  return String(exceeded === undefined ? 0 : exceeded + 1);
}

const NOW = 1_800_000_000;

/** Whether a test of the case passes. */
function isDecidedAlike(policy: Policy, { facts, parameters, effect, ...asked }: LearnedCase): boolean {
  const age = facts.get("age");
  const claims = present(facts).flatMap(([name, value]) =>
    name.startsWith("claim:") ? [[name.slice("claim:".length), value] as const] : [],
  );
  try {
    const found = decide(policy, {
      ...asked,
      parameters: recordOf(parameters),
      claims: recordOf(claims),
      time: NOW,
      authTime: age === undefined ? undefined : NOW - Number(age),
    });
    // A test lets everyone call a public route; an authorizer in front of one denies.
    return found.effect === effect && found.reason !== "route_without_permission";
  } catch (error) {
    if (error instanceof ClaimgateError) return false;
    throw error;
  }
}

/** A record without a prototype: a parameter may be called `__proto__`. */
function recordOf(entries: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  const record = Object.create(null) as Record<string, string>;
  for (const [name, value] of entries) record[name] = value;
  return record;
}
