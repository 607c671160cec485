import type { App } from "../../policy/app.ts";
import { patternsCovering } from "../../policy/permission.ts";
import type { Policy } from "../../policy/policy.ts";
import type { RouteTable } from "../../policy/route-table.ts";
import { AUTHENTICATED, type Subject } from "../../policy/subject.ts";
import { type Access, accessOf, standingOn } from "./access.ts";
import {
  entryOn,
  isPublicRoute,
  type Places,
  permissionTermsOfBoth,
  placesOf,
  termsOnRoute,
} from "./access-terms.ts";
import { type AppCase, appCases, changesOfCases } from "./app-cases.ts";
import { type HoldersAbout, holdersAbout } from "./holders-about.ts";
import { everHeld, NOTHING } from "./holdings.ts";
import { comparedPermissions } from "./named-permissions.ts";
import { type Reachable, reachableValues } from "./reachable-values.ts";
import { renamedParameters } from "./renamed-parameters.ts";
import { type RequestClass, type RequestClasses, requestClasses } from "./request-classes.ts";
import { changesOfTerms, type Holder, holdersOf } from "./term-changes.ts";

/** Callers without a token, whom a change of a public route concerns. */
export const ANYBODY = "anybody";

/** The change for one subject on the requests of one kind. */
export interface AccessChange {
  /** A subject of a token: a group, user, client or scope, or the role of every token of a kind; or {@link ANYBODY}. */
  readonly subject: Subject | typeof ANYBODY;
  /**
   * Not empty if only tokens that also hold one of these gain or lose: the subject's deny row was removed or added, and
   * these allow.
   */
  readonly beside: readonly Subject[];
  /** The apps of the tokens that gain or lose, by name: `client:web`. Empty if the app does not matter. */
  readonly apps: readonly string[];
  /** The name of the requests: a route of one of the policies, or `METHOD /path`. Undefined for a single permission. */
  readonly route: string | undefined;
  /**
   * The permission that a backend or a scope of the token checks, regardless of the route; `resource:*` and `*` are all
   * permissions that no row names. Undefined for requests.
   */
  readonly permission: string | undefined;
  /** The route that decides them in each policy; undefined if none does, so that they are denied. */
  readonly decidedBefore: string | undefined;
  readonly decidedAfter: string | undefined;
  readonly before: Access;
  readonly after: Access;
  /** Whether a request is allowed after but not before. */
  readonly widens: boolean;
  /** Whether a request is allowed before but not after. */
  readonly narrows: boolean;
}

/** The scope of a comparison of two policies. */
export interface ChangeScope {
  /** Only requests that this route may decide. */
  readonly focus?: string;
  /** Whether what a route decides may have changed. */
  readonly route: (route: string) => boolean;
  /** Whether the subjects of a permission may have changed; also called with `resource:*` and `*`. */
  readonly permission: (permission: string) => boolean;
  /**
   * @param held all subjects that a subject holds in one of the two, itself included
   */
  readonly subject: (held: ReadonlySet<Subject>) => boolean;
}

/** Requests of one kind, with the places of both routes' parameters. */
interface Compared extends RequestClass {
  readonly places: { readonly before: Places; readonly after: Places };
  readonly isReachable: Reachable;
}

/** The requests to compare, and whether these are all that differ. */
export function comparedRequests(before: Policy, after: Policy, focus?: string): RequestClasses {
  return sameNames(before.routes, after.routes)
    ? classesOfOne(known.has(before.routes) ? before.routes : after.routes)
    : requestClasses(before.routes, after.routes, focus);
}

const known = new WeakMap<RouteTable, RequestClasses>();

/** For two equal tables. */
function classesOfOne(table: RouteTable): RequestClasses {
  const classes = known.get(table) ?? requestClasses(table, table);
  known.set(table, classes);
  return classes;
}

function sameNames({ names: one }: RouteTable, { names: other }: RouteTable): boolean {
  return one.size === other.size && [...one].every((name) => other.has(name));
}

/**
 * The changes and their subjects. Exact, not sampled: a token that is allowed after but not before has one subject
 * whose row allows after. With that subject alone it is not allowed before either, unless a deny row of another subject
 * denied; then the two suffice (DESIGN: allow and deny are monotone in subjects). No token holds only a role. If a
 * policy has `p3` rows, users are compared by app ({@link appCases}).
 *
 * First requests, then single permissions: a subject that reaches a route by one permission may gain another.
 */
export function* accessChanges(
  before: Policy,
  after: Policy,
  requests: RequestClasses,
  scope: ChangeScope,
): Generator<AccessChange, undefined> {
  for (const change of accessChangeSteps(before, after, requests, scope))
    if (change !== undefined) yield change;
  return undefined;
}

/** The same in small steps, for a caller that has other work: undefined where nothing was found yet. */
export function* accessChangeSteps(
  before: Policy,
  after: Policy,
  { classes }: RequestClasses,
  scope: ChangeScope,
): Generator<AccessChange | undefined, undefined> {
  const holders = holdersOf(before, after);
  const inScope = new Set(holders.filter((holder) => isInScope(holder, scope)));
  const callers: Callers = { about: holdersAbout(holders), inScope, cases: appCases(before, after) };
  const said = new SaidChanges();
  const reachable = reachableValues(before.routes, after.routes);
  for (const found of classes) {
    const { before: was, after: is } = found;
    if (![was, is].some((route) => route !== undefined && scope.route(route))) continue;
    const places = { before: placesOf(was, is), after: placesOf(is, was) };
    const one = { ...found, places, isReachable: reachable(found) };
    const open = { before: isPublicRoute(before, was), after: isPublicRoute(after, is) };
    if (open.before && open.after) continue;
    yield undefined;
    if (open.before || open.after) {
      const change = described(before, after, one, ANYBODY);
      yield { ...change, beside: [], apps: [], widens: open.after, narrows: open.before };
      continue;
    }
    const permissions = [...permissionsOf(before, was), ...permissionsOf(after, is)];
    for (const change of changesOn(before, after, one, callers)) {
      said.add(change, permissions);
      yield change;
    }
  }
  yield* changesOfPermissions(before, after, classes, callers, scope, said);
  return undefined;
}

function permissionsOf(policy: Policy, route: string | undefined): readonly string[] {
  return policy.routeEntries.get(route ?? "")?.permissions ?? [];
}

/** Everyone who may gain or lose. */
interface Callers {
  readonly about: HoldersAbout;
  /** Those whose changes are wanted. */
  readonly inScope: ReadonlySet<Holder>;
  /** The apps of users to tell apart. */
  readonly cases: readonly AppCase[];
}

/** Machines ignore apps, so they are asked about once. */
function holdersIn(holders: readonly Holder[], isFirst: boolean): readonly Holder[] {
  return isFirst ? holders : holders.filter(({ kind }) => kind === AUTHENTICATED);
}

/** The changes on requests of one kind. */
function* changesOn(
  before: Policy,
  after: Policy,
  one: Compared,
  callers: Callers,
): Generator<AccessChange, undefined> {
  const holders = callers.about([
    entryOn(before, { route: one.before }),
    entryOn(after, { route: one.after }),
  ]);
  const changesOf = function* (app: App | undefined, isFirst: boolean) {
    const changes = changesOfTerms(
      holdersIn(holders, isFirst),
      (holder) => [
        termsOnRoute(before, one.before, holder.before, one.places.before, app),
        termsOnRoute(after, one.after, holder.after, one.places.after, app),
      ],
      callers.inScope,
      one.isReachable,
    );
    for (const { holder, ...change } of changes) {
      yield { kind: holder.kind, ...described(before, after, one, holder, app), ...change };
    }
  };
  for (const { change, apps } of changesOfCases(callers.cases, changesOf)) yield withApps(change, apps);
  return undefined;
}

/** The changes of single permissions that the changes of their requests do not cover. */
function* changesOfPermissions(
  before: Policy,
  after: Policy,
  classes: readonly RequestClass[],
  callers: Callers,
  scope: ChangeScope,
  said: SaidChanges,
): Generator<AccessChange | undefined, undefined> {
  const renamed = renamedParameters(before, classes);
  for (const permission of comparedPermissions(before, after)) {
    if (!scope.permission(permission)) continue;
    yield undefined;
    const [was, is] = permissionTermsOfBoth({ before, after }, permission, renamed);
    const holders = callers.about([before, after].map((policy) => entryOn(policy, { permission })));
    const changesOf = function* (app: App | undefined, isFirst: boolean) {
      const changes = changesOfTerms(
        holdersIn(holders, isFirst),
        (holder) => [was(holder.before, app), is(holder.after, app)],
        callers.inScope,
      );
      for (const { holder, ...found } of changes) {
        yield {
          kind: holder.kind,
          subject: holder.subject,
          route: undefined,
          permission,
          decidedBefore: undefined,
          decidedAfter: undefined,
          before: standingOn(before, { permission }, holder.before, app).access,
          after: standingOn(after, { permission }, holder.after, app).access,
          ...found,
        };
      }
    };
    for (const { change: found, apps } of changesOfCases(callers.cases, changesOf)) {
      const change = withApps(found, apps);
      if (said.has(change, permission)) continue;
      said.add(change, [permission]);
      yield change;
    }
  }
  return undefined;
}

/** Apps say nothing of a machine. */
function withApps(
  { kind, ...change }: Omit<AccessChange, "apps"> & Pick<Holder, "kind">,
  apps: readonly string[],
): AccessChange {
  return { ...change, apps: kind === AUTHENTICATED ? apps : [] };
}

/** The known changes by permission. */
class SaidChanges {
  readonly #patterns = new Map<string, Set<string>>();

  add(change: AccessChange, permissions: readonly string[]): void {
    const key = keyOf(change);
    const patterns = this.#patterns.get(key) ?? new Set();
    for (const permission of permissions) for (const one of patternsCovering(permission)) patterns.add(one);
    this.#patterns.set(key, patterns);
  }

  /**
   * @param permission a permission or wildcard; a change of one permission below a wildcard covers it
   */
  has(change: AccessChange, permission: string): boolean {
    return this.#patterns.get(keyOf(change))?.has(permission) === true;
  }
}

function keyOf({ subject, beside, apps, before, after, widens, narrows }: AccessChange): string {
  return JSON.stringify([subject, beside, apps, before, after, widens, narrows]);
}

function isInScope({ before, after }: Holder, scope: ChangeScope): boolean {
  return scope.subject(everHeld(before)) || scope.subject(everHeld(after));
}

function described(
  before: Policy,
  after: Policy,
  one: Compared,
  holder: Holder | typeof ANYBODY,
  app?: App,
): Omit<AccessChange, "beside" | "apps" | "widens" | "narrows"> {
  const held = (side: "before" | "after") => (holder === ANYBODY ? NOTHING : holder[side]);
  return {
    subject: holder === ANYBODY ? ANYBODY : holder.subject,
    route: one.name,
    permission: undefined,
    decidedBefore: one.before,
    decidedAfter: one.after,
    before: accessOf(before, one.before ?? "", held("before"), app),
    after: accessOf(after, one.after ?? "", held("after"), app),
  };
}
