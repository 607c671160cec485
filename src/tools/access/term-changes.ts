import type { Policy } from "../../policy/policy.ts";
import { AUTHENTICATED, MACHINE, type Subject } from "../../policy/subject.ts";
import { canNameOneGroup, sameTenantGroup } from "../../policy/tenant-group.ts";
import { opens, some, type Terms, together, type Verdict } from "./condition-outcomes.ts";
import { fitOneToken, type Kind, kindOfLeaf, memoized } from "./holding.ts";
import { type Holdings, holdingsOf } from "./holdings.ts";
import { namedSubjects } from "./named-subjects.ts";
import type { Reachable } from "./reachable-values.ts";

/** A subject, and the subjects of a token with only this one, in each policy. */
export interface Holder {
  readonly subject: Subject;
  readonly kind: Kind;
  readonly before: Holdings;
  readonly after: Holdings;
}

interface Standings {
  readonly holder: Holder;
  readonly before: Terms;
  readonly after: Terms;
  /** Both, spelled. */
  readonly spelled: string;
  readonly differs: boolean;
}

/** The subjects whose terms change, and the change. */
export interface TermChange {
  readonly holder: Holder;
  /** Not empty if only tokens that also hold one of these gain or lose. */
  readonly beside: readonly Subject[];
  readonly widens: boolean;
  readonly narrows: boolean;
}

/** All subjects that a token can hold in one of the policies. */
export function holdersOf(before: Policy, after: Policy): readonly Holder[] {
  return [...holdersOfOne(before, after), ...holdersOfBoth(before, after)];
}

/** Each subject that a token can hold, by itself. */
export function holdersOfOne(before: Policy, after: Policy): readonly Holder[] {
  const named = [...namedSubjects(before), ...namedSubjects(after)].sort();
  // The roles of the kinds come first: their changes apply to all tokens of the kind.
  return [...new Set<Subject>([AUTHENTICATED, MACHINE, ...named])].flatMap((subject) => {
    const [kind] = kindOfLeaf(subject) ?? [];
    if (kind === undefined) return [];
    const token = [kind, subject];
    return [{ subject, kind, before: holdingsOf(before, token), after: holdingsOf(after, token) }];
  });
}

/**
 * A group that two patterns fit, each of one policy or of both. What either takes for the tenant is compared as if it
 * could be anything, so a change may be reported for a group that no tenant has, and none is missed.
 */
export function holdersOfBoth(before: Policy, after: Policy): readonly Holder[] {
  const groups = [...before.tenantRoles, ...after.tenantRoles];
  return groups.flatMap((one, index) =>
    groups
      .slice(index + 1)
      .filter((other) => !sameTenantGroup(one, other) && canNameOneGroup(one, other))
      .map(({ member }) => {
        const token: Subject[] = [AUTHENTICATED, one.member, member];
        const [was, is] = [holdingsOf(before, token), holdingsOf(after, token)];
        return { subject: member, kind: AUTHENTICATED, before: was, after: is };
      }),
  );
}

/**
 * @param termsOf when a subject is allowed in each policy; called for those that the result depends on
 * @param inScope the subjects whose changes to include
 * @param isReachable which literals the compared requests can have in their paths
 */
export function* changesOfTerms(
  holders: readonly Holder[],
  termsOf: (holder: Holder) => readonly [before: Terms, after: Terms],
  inScope: ReadonlySet<Holder>,
  isReachable?: Reachable,
): Generator<TermChange, undefined> {
  const standingOf = memoized((holder: Holder): Standings => {
    const [was, is] = termsOf(holder);
    const [before, after] = [JSON.stringify(was), JSON.stringify(is)];
    return { holder, before: was, after: is, spelled: `${before} ${after}`, differs: before !== after };
  });
  const gaining = memoized((one: Standings) => gains(one.before, one.after, isReachable));
  const losing = memoized((one: Standings) => gains(one.after, one.before, isReachable));
  const ofKind = new Map(
    holders.filter(({ subject, kind }) => subject === kind).map((one) => [one.kind, one]),
  );
  for (const holder of holders) {
    if (!inScope.has(holder)) continue;
    const { subject, kind } = holder;
    const own = standingOf(holder);
    if (!own.differs) continue;
    const every = ofKind.get(kind);
    if (every !== undefined && every !== holder && standingOf(every).spelled === own.spelled) continue;
    const [widens, narrows] = [gaining(own), losing(own)];
    if (widens || narrows) yield { holder, beside: [], widens, narrows };
    // A deny for all tokens of a kind appears at each allowed subject.
    if (subject === kind) continue;
    const all = { holders, standingOf, isReachable };
    const gained = widens ? [] : besides(own, all, gaining, (side) => [side.before, side.after]);
    const lost = narrows ? [] : besides(own, all, losing, (side) => [side.after, side.before]);
    if (gained.length > 0) yield { holder, beside: gained, widens: true, narrows: false };
    if (lost.length > 0) yield { holder, beside: lost, widens: false, narrows: true };
  }
  return undefined;
}

type Turned = (side: Standings) => readonly [was: Terms, is: Terms];

interface AllStandings {
  readonly holders: readonly Holder[];
  readonly standingOf: (holder: Holder) => Standings;
  readonly isReachable: Reachable | undefined;
}

/** The subjects with which a subject gains that does not gain alone: its own rows denied, and the other allows. */
function besides(
  own: Standings,
  { holders, standingOf, isReachable }: AllStandings,
  alone: (standings: Standings) => boolean,
  turned: Turned,
): readonly Subject[] {
  const [was, is] = turned(own);
  if (!some([was, is], ([old, now]) => old?.deny === true && now?.deny === false, isReachable)) return [];
  return holders
    .filter((holder) => {
      if (holder === own.holder || holder.kind !== own.holder.kind) return false;
      if (!fitOneToken(own.holder.subject, holder.subject)) return false;
      const other = standingOf(holder);
      const [theirs, now] = turned(other);
      if (now.allow.length === 0 || alone(other)) return false;
      return gains(together(was, theirs), together(is, now), isReachable);
    })
    .map(({ subject }) => subject);
}

/**
 * Whether there may be a request that the second terms allow and the first ones do not; never no where there is.
 *
 * @param isReachable which literals the requests can have in their paths; all by default
 */
export function gains(was: Terms, is: Terms, isReachable?: Reachable): boolean {
  if (is.allow.length === 0) return false;
  const gain = ([old, now]: readonly Verdict[]) =>
    old !== undefined && now !== undefined && opens(now) && !opens(old);
  return some([was, is], gain, isReachable);
}
