import type { App } from "../../policy/app.ts";
import type { Policy } from "../../policy/policy.ts";
import { MACHINE, type Subject } from "../../policy/subject.ts";
import { standingOn } from "../access/access.ts";
import { type AccessHolder, accessHolders } from "../access/access-holders.ts";
import { isPublicTarget, type TermsTarget, termsOn } from "../access/access-terms.ts";
import { scopesOfApp, widestApps } from "../access/app-access.ts";
import { canOpen } from "../access/condition-outcomes.ts";
import { fitOneToken, KINDS, kindOfLeaf } from "../access/holding.ts";
import { type Holdings, holdingsOf, NOTHING } from "../access/holdings.ts";
import { comparedPermissions } from "../access/named-permissions.ts";
import { routesDeciding } from "../access/request-classes.ts";
import type { Counterexample } from "./counterexample.ts";
import type { AskedTarget, Invariant } from "./policy-test.ts";
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
 */
export function proveInvariant(policy: Policy, invariant: Invariant): Counterexample | undefined {
  if (invariant.parameter !== undefined) return proveApart(policy, invariant.parameter);
  const holders = accessHolders(policy);
  const targets = targetsOf(policy, invariant);
  const candidates =
    invariant.kind === "never" ? withOne(policy, holders, invariant) : withoutAny(policy, holders, invariant);
  const apps = appsOf(policy, invariant);
  for (const { subjects, held } of candidates) {
    for (const { text, target } of targets) {
      if (subjects.length === 0 && !isPublicTarget(policy, target)) continue;
      if (invariant.kind === "apps" && isMachine(held)) continue;
      for (const app of isMachine(held) ? [undefined] : apps) {
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

function isMachine({ always }: Holdings): boolean {
  return always.has(MACHINE);
}

interface InvariantTarget {
  readonly text: string;
  readonly target: TermsTarget;
}

function targetsOf(policy: Policy, { reach, targets }: Invariant): readonly InvariantTarget[] {
  if (reach === "listed") return targets.flatMap((asked) => decidedBy(policy, asked));
  if (reach === "every-permission") {
    return comparedPermissions(policy).map((permission) => ({ text: permission, target: { permission } }));
  }
  return [...policy.routeEntries]
    .filter(([, { permissions }]) => reach === "every-route" || permissions.length > 0)
    .map(([route]) => ({ text: route, target: { route } }))
    .sort((a, b) => (a.text < b.text ? -1 : 1));
}

/**
 * Several routes may decide a route without a row of its own: `ANY /orders` by `GET /orders` and by `ANY /{proxy+}`.
 */
function decidedBy(policy: Policy, { text, target }: AskedTarget): readonly InvariantTarget[] {
  if (!("route" in target) || target.asked === target.route) return [{ text, target }];
  const routes = new Set([target.route, ...routesDeciding(policy.routes, text)]);
  return [...routes].map((route) => ({ text: `${text} (decided by ${route})`, target: { route } }));
}

interface Candidate {
  readonly subjects: readonly Subject[];
  readonly held: Holdings;
}

/** The callers of a public route. */
const NO_TOKEN: Candidate = { subjects: [], held: NOTHING };

function withoutAny(
  policy: Policy,
  holders: readonly AccessHolder[],
  { subjects }: Invariant,
): readonly Candidate[] {
  const tokens = holders
    .flatMap(({ subject }) => tokensOf(policy, [subject]))
    .filter(({ held }) => !subjects.some((subject) => held.always.has(subject)))
    .map((token) => ({ ...token, held: outsideOf(subjects, token.held) }));
  return [NO_TOKEN, ...tokens];
}

/** On requests on which none of the subjects is held: where a tenant would give one, it is another tenant. */
function outsideOf(subjects: readonly Subject[], { always, inTenant }: Holdings): Holdings {
  return {
    always,
    inTenant: inTenant.filter(({ roles }) => !subjects.some((subject) => roles.has(subject))),
  };
}

function withOne(
  policy: Policy,
  holders: readonly AccessHolder[],
  { subjects }: Invariant,
): readonly Candidate[] {
  const alone = subjects.flatMap((subject) => tokensOf(policy, [subject]));
  const pairs = subjects.flatMap((subject) =>
    holders
      .filter((other) => other.subject !== subject && fitOneToken(subject, other.subject))
      .flatMap((other) => tokensOf(policy, [subject, other.subject])),
  );
  return [...alone, ...pairs];
}

/** The tokens with exactly these subjects: of a user or a machine, or both if there are only roles. */
function tokensOf(policy: Policy, subjects: readonly Subject[]): readonly Candidate[] {
  const known = subjects.flatMap((subject) => kindOfLeaf(subject) ?? []);
  const kinds = known.length > 0 ? known.slice(0, 1) : KINDS;
  return kinds.map((kind) => ({ subjects, held: holdingsOf(policy, [kind, ...subjects]) }));
}
