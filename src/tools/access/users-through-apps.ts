import type { Policy } from "../../policy/policy.ts";
import { AUTHENTICATED, MACHINE, type Subject } from "../../policy/subject.ts";
import { type Access, standingOn } from "./access.ts";
import { accessHolders } from "./access-holders.ts";
import type { TermsTarget } from "./access-terms.ts";
import { limitedApps, scopesOfApp } from "./app-access.ts";
import { type Holdings, holdingsOf } from "./holdings.ts";

/** Users with a subject, signed in to an app. */
export interface UserThroughApp {
  /** The heading of a column: `role:editor through client:web`. */
  readonly subject: Subject;
  readonly user: Subject;
  /** The app, without `client:`. */
  readonly client: string;
  readonly held: Holdings;
}

const THROUGH = " through client:";

/** Each subject that a user can hold with each app of `p3` rows; none if the policy limits no app. */
export function usersThroughApps(policy: Policy): readonly UserThroughApp[] {
  const users = accessHolders(policy).filter(
    ({ subject, held }) => /^(?:role|group|user):/.test(subject) && !held.always.has(MACHINE),
  );
  return limitedApps(policy).flatMap((client) =>
    users.map(({ subject }) => ({
      subject: `${subject}${THROUGH}${client}` as const,
      user: subject,
      client,
      held: holdingsOf(policy, [AUTHENTICATED, subject]),
    })),
  );
}

/** Those whose subject a `p` row names, so that what it inherits is not repeated. */
export function namedUsersThroughApps(policy: Policy): readonly UserThroughApp[] {
  const named = new Set(policy.decisionRows.map(({ subject }) => subject));
  return usersThroughApps(policy).filter(({ user }) => named.has(user));
}

/** What they may do through the app; a scope that the token needs is one more condition in `when`. */
export function accessOnBehalf(
  policy: Policy,
  target: TermsTarget,
  { held, client }: Pick<UserThroughApp, "held" | "client">,
): Access {
  const through = (scopes: readonly string[]) => standingOn(policy, target, held, { client, scopes }).access;
  const always = through([]);
  // An allow row without a condition is covered already: a scope can add nothing.
  if (always.kind !== "none" && always.when.length === 0) return always;
  const whenever = new Set(always.when);
  const added = scopesOfApp(policy, client).flatMap((scope) => {
    const { kind, when, unless } = through([scope]);
    if (kind === "none") return [];
    const more = when.length === 0 ? [scope] : when.filter((one) => !whenever.has(one)).map(withScope(scope));
    return more.map((text) => ({ text, unless }));
  });
  if (added.length === 0) return always;
  return {
    kind: "conditional",
    when: [...always.when, ...added.map(({ text }) => text)],
    unless: [...new Set([...always.unless, ...added.flatMap(({ unless }) => unless)])],
  };
}

function withScope(scope: string): (condition: string) => string {
  return (condition) => `${scope} and ${condition}`;
}
