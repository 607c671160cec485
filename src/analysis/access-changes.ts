import type { Policy } from "../policy/policy.ts";
import { holdings } from "../policy/roles.ts";
import type { RouteTable } from "../policy/route-table.ts";
import { AUTHENTICATED, MACHINE, type Subject } from "../policy/subject.ts";
import { type Places, placesOf, termsOnRoute } from "./access-terms.ts";
import { opens, some, type Terms, together } from "./condition-outcomes.ts";
import { fitOneToken, type Kind, kindOfLeaf } from "./holding.ts";
import { namedSubjects } from "./named-subjects.ts";
import { type Access, accessOf } from "./report/access.ts";
import { type RequestClass, type RequestClasses, requestClasses } from "./request-classes.ts";

/** Callers who show no token: of them a change of a public route speaks. */
export const ANYBODY = "anybody";

/** What changed for one holder on the requests of one kind. */
export interface AccessChange {
  /** What a token holds: a group, user, client or scope, or the role of every token of a kind; or {@link ANYBODY}. */
  readonly subject: Subject | typeof ANYBODY;
  /**
   * Not empty where only tokens gain or lose that hold one of these as well: the subject's deny row is gone, or new, and
   * these allow.
   */
  readonly beside: readonly Subject[];
  /** How the requests are called: by a route of one of the policies, or as `METHOD /path` of their own. */
  readonly route: string;
  /** What decides them in each policy; undefined where they are denied, since no route takes them. */
  readonly decidedBefore: string | undefined;
  readonly decidedAfter: string | undefined;
  readonly before: Access;
  readonly after: Access;
  /** Whether a request is allowed after and was not before. */
  readonly widens: boolean;
  /** Whether a request was allowed before and is not after. */
  readonly narrows: boolean;
}

/** What is compared of two policies. */
export interface ChangeScope {
  /** Only requests that this route may decide. */
  readonly focus?: string;
  /** Whether what a route decides may have changed. */
  readonly route: (route: string) => boolean;
  /** @param held everything that a subject holds in one of the two, itself included */
  readonly subject: (held: ReadonlySet<Subject>) => boolean;
}

/** Requests of one kind, with where the parameters of the two routes are. */
interface Compared extends RequestClass {
  readonly places: { readonly before: Places; readonly after: Places };
}

/** Somebody, and what a token holds in each policy that holds no other subject. */
interface Holder {
  readonly subject: Subject;
  readonly kind: Kind;
  readonly before: ReadonlySet<Subject>;
  readonly after: ReadonlySet<Subject>;
}

interface Standings {
  readonly holder: Holder;
  readonly before: Terms;
  readonly after: Terms;
  readonly spelled: string;
}

/** The requests to compare, and whether these are all that differ. */
export function comparedRequests(before: Policy, after: Policy, focus?: string): RequestClasses {
  return sameNames(before.routes, after.routes)
    ? classesOfOne(after.routes)
    : requestClasses(before.routes, after.routes, focus);
}

const known = new WeakMap<RouteTable, RequestClasses>();

/** Of two tables that are the same. */
function classesOfOne(table: RouteTable): RequestClasses {
  const classes = known.get(table) ?? requestClasses(table, table);
  known.set(table, classes);
  return classes;
}

function sameNames({ names: one }: RouteTable, { names: other }: RouteTable): boolean {
  return one.size === other.size && [...one].every((name) => other.has(name));
}

/**
 * What changes for whom. Not sampled: a token that is allowed after and was not before has one subject whose row allows
 * after. With that subject alone it was not allowed before either, unless a deny row of another one did it; then the
 * two suffice (DESIGN: allow is monotone in subjects, and so is deny). Roles by themselves are in no token.
 */
export function* accessChanges(
  before: Policy,
  after: Policy,
  { classes }: RequestClasses,
  scope: ChangeScope,
): Generator<AccessChange, undefined> {
  const holders = holdersOf(before, after);
  for (const found of classes) {
    const { before: was, after: is } = found;
    if (![was, is].some((route) => route !== undefined && scope.route(route))) continue;
    const one = { ...found, places: { before: placesOf(was, is), after: placesOf(is, was) } };
    const open = { before: isPublic(before, was), after: isPublic(after, is) };
    if (open.before && open.after) continue;
    if (open.before || open.after) {
      const change = described(before, after, one, ANYBODY);
      yield { ...change, beside: [], widens: open.after, narrows: open.before };
      continue;
    }
    yield* changesOn(before, after, one, holders, scope);
  }
  return undefined;
}

function isPublic(policy: Policy, route: string | undefined): boolean {
  return route !== undefined && policy.routeEntries.get(route)?.permissions.length === 0;
}

function holdersOf(before: Policy, after: Policy): readonly Holder[] {
  const named = [...namedSubjects(before), ...namedSubjects(after)].sort();
  // The roles of the kinds come first: what they change is changed for all who hold them.
  return [...new Set<Subject>([AUTHENTICATED, MACHINE, ...named])].flatMap((subject) => {
    const [kind] = kindOfLeaf(subject) ?? [];
    if (kind === undefined) return [];
    const token = [kind, subject];
    return [{ subject, kind, before: holdings(before, token), after: holdings(after, token) }];
  });
}

function* changesOn(
  before: Policy,
  after: Policy,
  one: Compared,
  holders: readonly Holder[],
  scope: ChangeScope,
): Generator<AccessChange, undefined> {
  const standings = holders.map((holder): Standings => {
    const [was, is] = [
      termsOnRoute(before, one.before, holder.before, one.places.before),
      termsOnRoute(after, one.after, holder.after, one.places.after),
    ];
    return { holder, before: was, after: is, spelled: JSON.stringify([was, is]) };
  });
  const ofKind = new Map(standings.map(({ holder, spelled }) => [holder.subject, spelled]));
  const gaining = new Set(standings.filter((own) => gains(own.before, own.after)));
  const losing = new Set(standings.filter((own) => gains(own.after, own.before)));
  for (const own of standings) {
    const { subject, kind, before: wasHeld, after: isHeld } = own.holder;
    if (JSON.stringify(own.before) === JSON.stringify(own.after)) continue;
    if (subject !== kind && ofKind.get(kind) === own.spelled) continue;
    if (!scope.subject(wasHeld) && !scope.subject(isHeld)) continue;
    const [widens, narrows] = [gaining.has(own), losing.has(own)];
    const change = described(before, after, one, own.holder);
    if (widens || narrows) yield { ...change, beside: [], widens, narrows };
    // A deny for all tokens of a kind shows at each subject that is allowed.
    if (subject === kind) continue;
    const gained = widens ? [] : besides(own, standings, gaining, (side) => [side.before, side.after]);
    const lost = narrows ? [] : besides(own, standings, losing, (side) => [side.after, side.before]);
    if (gained.length > 0) yield { ...change, beside: gained, widens: true, narrows: false };
    if (lost.length > 0) yield { ...change, beside: lost, widens: false, narrows: true };
  }
  return undefined;
}

type Turned = (side: Standings) => readonly [was: Terms, is: Terms];

/** Beside whom somebody gains who does not alone: the own rows denied it, and the other allows. */
function besides(
  own: Standings,
  all: readonly Standings[],
  alone: ReadonlySet<Standings>,
  turned: Turned,
): readonly Subject[] {
  const [was, is] = turned(own);
  if (!some([was, is], ([old, now]) => old?.deny === true && now?.deny === false)) return [];
  return all
    .filter((other) => {
      if (other === own || alone.has(other) || other.holder.kind !== own.holder.kind) return false;
      if (!fitOneToken(own.holder.subject, other.holder.subject)) return false;
      const [theirs, now] = turned(other);
      return now.allow.length > 0 && gains(together(was, theirs), together(is, now));
    })
    .map(({ holder }) => holder.subject);
}

function gains(was: Terms, is: Terms): boolean {
  if (is.allow.length === 0) return false;
  return some([was, is], ([old, now]) => {
    return old !== undefined && now !== undefined && opens(now) && !opens(old);
  });
}

function described(
  before: Policy,
  after: Policy,
  one: Compared,
  holder: Holder | typeof ANYBODY,
): Omit<AccessChange, "beside" | "widens" | "narrows"> {
  const held = (side: "before" | "after") => (holder === ANYBODY ? new Set<Subject>() : holder[side]);
  return {
    subject: holder === ANYBODY ? ANYBODY : holder.subject,
    route: one.name,
    decidedBefore: one.before,
    decidedAfter: one.after,
    before: accessOf(before, one.before ?? "", held("before")),
    after: accessOf(after, one.after ?? "", held("after")),
  };
}
