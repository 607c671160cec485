import type { Policy } from "../../policy/policy.ts";
import { holdings } from "../../policy/roles.ts";
import { AUTHENTICATED, MACHINE, type Subject } from "../../policy/subject.ts";
import { kindOfLeaf } from "../holding.ts";

/** Somebody whom the policy names, and all that a token holds which holds this. */
export interface AccessHolder {
  readonly subject: Subject;
  /** Itself, its roles, and what every token of its kind holds. */
  readonly held: ReadonlySet<Subject>;
}

const KINDS = ["role", "group", "user", "client", "scope"];

/**
 * Everybody that `p` and `g` rows name, and the two built-in roles: roles first, then groups, users, clients and
 * scopes, by name.
 */
export function accessHolders(policy: Policy): readonly AccessHolder[] {
  const named = new Set<Subject>([AUTHENTICATED, MACHINE, ...policy.grantRows.map(({ subject }) => subject)]);
  for (const [member, roles] of policy.rolesOf)
    for (const one of [member as Subject, ...roles]) named.add(one);
  const rank = (subject: Subject) => KINDS.indexOf(subject.slice(0, subject.indexOf(":")));
  return [...named]
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map((subject) => ({ subject, held: holdings(policy, [...(kindOfLeaf(subject) ?? []), subject]) }));
}
