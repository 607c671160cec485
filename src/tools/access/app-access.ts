import type { App } from "../../policy/app.ts";
import type { Policy } from "../../policy/policy.ts";
import { AUTHENTICATED } from "../../policy/subject.ts";
import type { Access } from "./access.ts";
import { accessHolders } from "./access-holders.ts";
import { isPublicTarget, type TermsTarget, termsOn } from "./access-terms.ts";
import { rowsOf } from "./app-cases.ts";
import { canOpen } from "./condition-outcomes.ts";
import { kindOfLeaf } from "./holding.ts";

/** The clients of `p3` rows, sorted; none if apps are not limited. */
export function limitedApps({ apps }: Pick<Policy, "apps">): readonly string[] {
  return [...apps.keys()].sort();
}

/** The scopes that the rows of a client name, sorted. */
export function scopesOfApp(policy: Pick<Policy, "apps">, client: string): readonly string[] {
  return [...new Set(rowsOf(policy, client).flatMap(({ scope }) => scope ?? []))].sort();
}

/**
 * The tokens that can do the most through each app: with all scopes that its rows name. `undefined` stands for all apps
 * if the policy limits none.
 */
export function widestApps(policy: Pick<Policy, "apps">): readonly (App | undefined)[] {
  if (policy.apps.size === 0) return [undefined];
  return limitedApps(policy).map((client) => ({ client, scopes: scopesOfApp(policy, client) }));
}

/**
 * What the users of an app may do through it: `allowed` if some user may, `conditional` if the token needs one of the
 * scopes in `when`, `none` if no user may.
 */
export function accessThrough(policy: Policy, target: TermsTarget, client: string): Access {
  const nothing = { when: [], unless: [] };
  if (isPublicTarget(policy, target)) return { kind: "public", ...nothing };
  const users = accessHolders(policy).filter(({ subject }) => kindOfLeaf(subject)?.[0] === AUTHENTICATED);
  const opens = (scopes: readonly string[]) =>
    users.some(({ held }) => canOpen(termsOn(policy, target, held, { client, scopes })));
  if (opens([])) return { kind: "allowed", ...nothing };
  const when = scopesOfApp(policy, client).filter((scope) => opens([scope]));
  return when.length === 0 ? { kind: "none", ...nothing } : { kind: "conditional", when, unless: [] };
}
