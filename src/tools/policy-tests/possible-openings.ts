import type { DecisionRow, Policy } from "../../policy/policy.ts";
import { holdings } from "../../policy/roles.ts";
import type { Subject } from "../../policy/subject.ts";
import { memoized, memoizedByObject } from "../access/holding.ts";
import { everHeld, holdingsOf } from "../access/holdings.ts";
import type { InvariantTarget, InvariantTargets } from "./invariant-targets.ts";

/** The targets that a token with these subjects may reach, in order. */
export type Openings = (targets: InvariantTargets, subjects: readonly Subject[]) => Iterable<InvariantTarget>;

/** For comparison: every target may be reached. */
export const EVERY_TARGET: Openings = ({ all }) => all;

/**
 * The targets that are left after a look at the patterns of rows alone. Most tokens reach few targets, so the rows of
 * the others need not be compared. INVARIANT: never leaves out a target that the token reaches on some request:
 *
 * - without an allow row, held always or in a tenant, nothing but a public route is reached;
 * - a deny row without a condition denies on every request, if its subject is always held.
 */
export const openingsOf: (policy: Policy) => Openings = memoizedByObject((policy) => {
  const allowing = patternsBySubject(policy, ({ effect }) => effect === "allow");
  const denying = patternsBySubject(
    policy,
    ({ effect, condition }) => effect === "deny" && condition === undefined,
  );
  const allowed = memoized((subject: Subject) => union(everHeld(holdingsOf(policy, [subject])), allowing));
  const denied = memoized((subject: Subject) => union(holdings(policy, [subject]), denying));
  const ofTargets = memoizedByObject((targets: InvariantTargets) => ({
    reached: memoized((subject: Subject) => positionsOf(allowed(subject), targets)),
    closed: memoized((subject: Subject) => positionsOf(denied(subject), targets)),
  }));
  return function* (targets, subjects) {
    const { all, open } = targets;
    const { reached, closed } = ofTargets(targets);
    const reaching = subjects.map(reached).filter(({ size }) => size > 0);
    if (open.length === 0 && reaching.length === 0) return;
    const closing = subjects.map(closed).filter(({ size }) => size > 0);
    if (closing.some(({ size }) => size === all.length)) return;
    const positions = new Set([...open, ...reaching.flatMap((some) => [...some])]);
    for (const position of [...positions].sort((a, b) => a - b)) {
      const one = all[position];
      if (one !== undefined && !closing.some((some) => some.has(position))) yield one;
    }
  };
});

function patternsBySubject(
  { decisionRows }: Policy,
  isWanted: (row: DecisionRow) => boolean,
): ReadonlyMap<Subject, ReadonlySet<string>> {
  const patterns = new Map<Subject, Set<string>>();
  for (const row of decisionRows) {
    if (!isWanted(row)) continue;
    const own = patterns.get(row.subject);
    if (own === undefined) patterns.set(row.subject, new Set([row.permission]));
    else own.add(row.permission);
  }
  return patterns;
}

function union(
  subjects: Iterable<Subject>,
  patterns: ReadonlyMap<Subject, ReadonlySet<string>>,
): ReadonlySet<string> {
  const all = new Set<string>();
  for (const subject of subjects) for (const pattern of patterns.get(subject) ?? []) all.add(pattern);
  return all;
}

/** The positions of the targets that patterns cover. */
function positionsOf(patterns: ReadonlySet<string>, { byPattern }: InvariantTargets): ReadonlySet<number> {
  const positions = new Set<number>();
  const add = (some: Iterable<number> = []) => {
    for (const position of some) positions.add(position);
  };
  // Targets may be few, or patterns.
  if (byPattern.size < patterns.size) {
    for (const [pattern, some] of byPattern) if (patterns.has(pattern)) add(some);
  } else for (const pattern of patterns) add(byPattern.get(pattern));
  return positions;
}
