import type { App } from "../../policy/app.ts";
import type { Policy } from "../../policy/policy.ts";
import { MACHINE, type Subject } from "../../policy/subject.ts";
import { standingOn } from "../access/access.ts";
import { type AccessHolder, accessHolders } from "../access/access-holders.ts";
import { isPublicTarget, termsOn } from "../access/access-terms.ts";
import { scopesOfApp, widestApps } from "../access/app-access.ts";
import { canOpen } from "../access/condition-outcomes.ts";
import { fitOneToken, KINDS, type Kind, kindOfLeaf, memoizedByObject } from "../access/holding.ts";
import { type Holdings, holdingsOf, NOTHING } from "../access/holdings.ts";
import type { Counterexample } from "./counterexample.ts";
import { targetsOf } from "./invariant-targets.ts";
import type { Invariant } from "./policy-test.ts";
import { type Openings, openingsOf } from "./possible-openings.ts";
import { proveApart } from "./prove-apart.ts";

/**
 * Proves an invariant over all tokens, or finds the smallest one that breaks it. It neither samples nor searches all
 * sets of subjects, since few suffice:
 *
 * A token is allowed if one of its subjects has a matching allow row and none has a matching deny row. With that
 * subject alone (and its roles, and the role of its kind) its row still matches, and there are fewer denies. So if any
 * token without the subjects of `only` is allowed, one with a single subject is; and if any token with a subject of
 * `never` is allowed, one with that subject and at most one other is. More scopes never allow less, so each app is
 * tried with all of them.
 *
 * @param openings which targets to try for a token; by default those that its rows do not rule out
 */
export function proveInvariant(
  policy: Policy,
  invariant: Invariant,
  openings: Openings = openingsOf(policy),
): Counterexample | undefined {
  if (invariant.parameter !== undefined) return proveApart(policy, invariant.parameter);
  const targets = targetsOf(policy, invariant);
  const candidates = invariant.kind === "never" ? withOne(policy, invariant) : withoutAny(policy, invariant);
  const apps = appsOf(policy, invariant);
  for (const { subjects, kind, heldIn } of candidates) {
    if (invariant.kind === "apps" && kind === MACHINE) continue;
    const token = kind === undefined ? [] : [kind, ...subjects];
    let held: Holdings | undefined;
    for (const { text, target } of openings(targets, token)) {
      held ??= heldIn();
      if (held === undefined) break;
      if (kind === undefined && !isPublicTarget(policy, target)) continue;
      for (const app of kind === MACHINE ? [undefined] : apps) {
        if (!canOpen(termsOn(policy, target, held, app))) continue;
        return { subjects, app, target: text, access: standingOn(policy, target, held, app).access };
      }
    }
  }
  return undefined;
}

/** The apps that may break it: those of its list, or all that the policy can tell apart. */
function appsOf(policy: Policy, { kind, apps }: Invariant): readonly (App | undefined)[] {
  if (kind !== "apps") return widestApps(policy);
  return apps.map((client) => ({ client, scopes: scopesOfApp(policy, client) }));
}

/** A token that may break an invariant. */
interface Candidate {
  readonly subjects: readonly Subject[];
  /** Undefined for a caller of a public route without a token. */
  readonly kind: Kind | undefined;
  /** What it holds; undefined if the invariant is not about it. Called only if a target is to be tried. */
  readonly heldIn: () => Holdings | undefined;
}

function* withoutAny(policy: Policy, { subjects }: Invariant): Generator<Candidate, undefined> {
  yield { subjects: [], kind: undefined, heldIn: () => NOTHING };
  for (const { subject } of holdersOf(policy)) {
    for (const token of tokensOf(policy, [subject])) {
      const heldIn = () => {
        const held = token.heldIn();
        return subjects.some((one) => held.always.has(one)) ? undefined : outsideOf(subjects, held);
      };
      yield { ...token, heldIn };
    }
  }
  return undefined;
}

/** On requests on which none of the subjects is held: where a tenant would give one, it is another tenant. */
function outsideOf(subjects: readonly Subject[], { always, inTenant }: Holdings): Holdings {
  return {
    always,
    inTenant: inTenant.filter(({ roles }) => !subjects.some((subject) => roles.has(subject))),
  };
}

function* withOne(policy: Policy, { subjects }: Invariant): Generator<Candidate, undefined> {
  for (const subject of subjects) yield* tokensOf(policy, [subject]);
  for (const subject of subjects) {
    for (const { subject: other } of holdersOf(policy)) {
      if (other !== subject && fitOneToken(subject, other)) yield* tokensOf(policy, [subject, other]);
    }
  }
  return undefined;
}

/** The tokens with exactly these subjects: of a user or a machine, or both if there are only roles. */
function tokensOf(policy: Policy, subjects: readonly Subject[]) {
  const known = subjects.flatMap((subject) => kindOfLeaf(subject) ?? []);
  const kinds = known.length > 0 ? known.slice(0, 1) : KINDS;
  return kinds.map((kind) => ({
    subjects,
    kind,
    heldIn: () => holdingsOf(policy, [kind, ...subjects]),
  }));
}

const holdersOf: (policy: Policy) => readonly AccessHolder[] = memoizedByObject(accessHolders);
