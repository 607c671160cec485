import type { Policy } from "../../policy/policy.ts";
import { AUTHENTICATED, MACHINE, type Subject } from "../../policy/subject.ts";
import { type Kind, kindOfLeaf } from "./holding.ts";
import { type Holdings, holdingsOf } from "./holdings.ts";
import { byKind, namedSubjects } from "./named-subjects.ts";

/** A subject of the policy, and all subjects of a token that holds it. */
export interface AccessHolder {
  readonly subject: Subject;
  /** Itself, its roles, and the role of its kind of token; for a role only if just one kind of token can hold it. */
  readonly held: Holdings;
}

/**
 * All subjects of `p` and `g` rows and the two built-in roles: roles first, then groups, users, clients and scopes, by
 * name.
 */
export function accessHolders(policy: Policy): readonly AccessHolder[] {
  const kinds = kindsOfRoles(policy);
  return [...new Set<Subject>([AUTHENTICATED, MACHINE, ...namedSubjects(policy)])]
    .sort((a, b) => byKind(a, b) || (a < b ? -1 : 1))
    .map((subject) => {
      const [kind, other] = kindOfLeaf(subject) ?? [...(kinds.get(subject) ?? [])];
      const always = kind === undefined || other !== undefined ? [] : [kind];
      return { subject, held: holdingsOf(policy, [...always, subject]) };
    });
}

/** For each assigned role: the kinds of token that can hold it. */
function kindsOfRoles(policy: Policy): ReadonlyMap<Subject, ReadonlySet<Kind>> {
  const kinds = new Map<Subject, Set<Kind>>();
  const ofTenants = policy.tenantRoles.map(({ member, roles }) => [member, roles] as const);
  for (const [member, roles] of [...policy.rolesOf, ...ofTenants]) {
    for (const kind of kindOfLeaf(member as Subject) ?? []) {
      for (const role of roles) kinds.set(role, (kinds.get(role) ?? new Set()).add(kind));
    }
  }
  return kinds;
}
