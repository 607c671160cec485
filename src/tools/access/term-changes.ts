import type { Policy } from "../../policy/policy.ts";
import { AUTHENTICATED, MACHINE, type Subject } from "../../policy/subject.ts";
import { canNameOneGroup, sameTenantGroup } from "../../policy/tenant-group.ts";
import { opens, some, type Terms, together, type Verdict } from "./condition-outcomes.ts";
import { fitOneToken, type Kind, kindOfLeaf } from "./holding.ts";
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
  readonly spelled: string;
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
 * @param termsOf when a subject is allowed in each policy
 * @param inScope whether to include the changes of a subject
 * @param isReachable which literals the compared requests can have in their paths
 */
export function* changesOfTerms(
  holders: readonly Holder[],
  termsOf: (holder: Holder) => readonly [before: Terms, after: Terms],
  inScope: (holder: Holder) => boolean,
  isReachable?: Reachable,
): Generator<TermChange, undefined> {
  const standings = holders.map((holder): Standings => {
    const [was, is] = termsOf(holder);
    return { holder, before: was, after: is, spelled: JSON.stringify([was, is]) };
  });
  const ofKind = new Map(standings.map(({ holder, spelled }) => [holder.subject, spelled]));
  const gaining = new Set(standings.filter((own) => gains(own.before, own.after, isReachable)));
  const losing = new Set(standings.filter((own) => gains(own.after, own.before, isReachable)));
  for (const own of standings) {
    const { holder } = own;
    const { subject, kind } = holder;
    if (JSON.stringify(own.before) === JSON.stringify(own.after)) continue;
    if (subject !== kind && ofKind.get(kind) === own.spelled) continue;
    if (!inScope(holder)) continue;
    const [widens, narrows] = [gaining.has(own), losing.has(own)];
    if (widens || narrows) yield { holder, beside: [], widens, narrows };
    // A deny for all tokens of a kind appears at each allowed subject.
    if (subject === kind) continue;
    const gained = widens
      ? []
      : besides(own, standings, gaining, (side) => [side.before, side.after], isReachable);
    const lost = narrows
      ? []
      : besides(own, standings, losing, (side) => [side.after, side.before], isReachable);
    if (gained.length > 0) yield { holder, beside: gained, widens: true, narrows: false };
    if (lost.length > 0) yield { holder, beside: lost, widens: false, narrows: true };
  }
  return undefined;
}

type Turned = (side: Standings) => readonly [was: Terms, is: Terms];

/** The subjects with which a subject gains that does not gain alone: its own rows denied, and the other allows. */
function besides(
  own: Standings,
  all: readonly Standings[],
  alone: ReadonlySet<Standings>,
  turned: Turned,
  isReachable: Reachable | undefined,
): readonly Subject[] {
  const [was, is] = turned(own);
  if (!some([was, is], ([old, now]) => old?.deny === true && now?.deny === false, isReachable)) return [];
  return all
    .filter((other) => {
      if (other === own || alone.has(other) || other.holder.kind !== own.holder.kind) return false;
      if (!fitOneToken(own.holder.subject, other.holder.subject)) return false;
      const [theirs, now] = turned(other);
      return now.allow.length > 0 && gains(together(was, theirs), together(is, now), isReachable);
    })
    .map(({ holder }) => holder.subject);
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
