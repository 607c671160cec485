import type { Policy } from "../../policy/policy.ts";
import { holdings } from "../../policy/roles.ts";
import type { Subject } from "../../policy/subject.ts";
import { KINDS, kindOfLeaf } from "../holding.ts";
import { canOpen } from "../policy-diff.ts";
import { type Access, describeAccess, standingOn } from "../report/access.ts";
import { type AccessHolder, accessHolders } from "../report/access-holders.ts";
import type { Invariant } from "./test-file.ts";

/** A token that breaks an invariant: as few subjects as there can be. */
export interface Counterexample {
  readonly subjects: readonly Subject[];
  readonly target: string;
  readonly access: Access;
}

/**
 * Proves an invariant over all tokens, or finds the smallest one that breaks it. Not sampled, and not searched over all
 * sets of subjects either, for few suffice:
 *
 * A token is allowed where one of its subjects has an allow row that matches and none has a deny row that does. Take that
 * one subject alone (with its roles, and the role of its kind): its row still matches, and there are fewer denies. So if
 * some token without the subjects of `only` is allowed, then one of a single subject is; and if some token with a subject
 * of `never` is allowed, then one of that subject and at most one other is.
 */
export function proveInvariant(policy: Policy, invariant: Invariant): Counterexample | undefined {
  const holders = accessHolders(policy);
  const targets =
    invariant.targets.length > 0
      ? invariant.targets.map(({ text, target }) => ({ text, target }))
      : [...policy.routeEntries]
          .filter(([, { permissions }]) => permissions.length > 0)
          .map(([route]) => ({ text: route, target: { route, parameters: {} } }))
          .sort((a, b) => (a.text < b.text ? -1 : 1));
  const candidates =
    invariant.kind === "only" ? withoutAny(policy, holders, invariant) : withOne(policy, holders, invariant);
  for (const { subjects, held } of candidates) {
    for (const { text, target } of targets) {
      const standing = standingOn(policy, target, held);
      if (canOpen(standing)) return { subjects, target: text, access: standing.access };
    }
  }
  return undefined;
}

interface Candidate {
  readonly subjects: readonly Subject[];
  readonly held: ReadonlySet<Subject>;
}

function withoutAny(
  policy: Policy,
  holders: readonly AccessHolder[],
  { subjects }: Invariant,
): readonly Candidate[] {
  return holders
    .flatMap(({ subject }) => tokensOf(policy, [subject]))
    .filter(({ held }) => !subjects.some((subject) => held.has(subject)));
}

function withOne(
  policy: Policy,
  holders: readonly AccessHolder[],
  { subjects }: Invariant,
): readonly Candidate[] {
  const alone = subjects.flatMap((subject) => tokensOf(policy, [subject]));
  const pairs = subjects.flatMap((subject) =>
    holders
      .filter((other) => other.subject !== subject && together(subject, other.subject))
      .flatMap((other) => tokensOf(policy, [subject, other.subject])),
  );
  return [...alone, ...pairs];
}

/** The tokens that hold these subjects and no more: one of a user or a machine, or both where only roles are given. */
function tokensOf(policy: Policy, subjects: readonly Subject[]): readonly Candidate[] {
  const known = subjects.flatMap((subject) => kindOfLeaf(subject) ?? []);
  const kinds = known.length > 0 ? known.slice(0, 1) : KINDS;
  return kinds.map((kind) => ({ subjects, held: holdings(policy, [kind, ...subjects]) }));
}

/** Whether one token can hold both: it is a user's or a machine's, of one user or one app client. */
function together(a: Subject, b: Subject): boolean {
  const [kind, other] = [kindOfLeaf(a), kindOfLeaf(b)];
  if (kind !== undefined && other !== undefined && kind[0] !== other[0]) return false;
  return !["user:", "client:"].some((prefix) => a.startsWith(prefix) && b.startsWith(prefix));
}

/** `group:support may: allowed` */
export function describeCounterexample({ subjects, target, access }: Counterexample): string {
  return `a token that holds ${subjects.join(" and ")} reaches ${target}: ${describeAccess(access)}`;
}
