import type { Policy } from "../../policy/policy.ts";
import { holdings } from "../../policy/roles.ts";
import { AUTHENTICATED, MACHINE, type Subject } from "../../policy/subject.ts";
import { kindOfLeaf } from "../holding.ts";
import { byKind, namedSubjects } from "../named-subjects.ts";

/** Somebody whom the policy names, and all that a token holds which holds this. */
export interface AccessHolder {
  readonly subject: Subject;
  /** Itself, its roles, and what every token of its kind holds. */
  readonly held: ReadonlySet<Subject>;
}

/**
 * Everybody that `p` and `g` rows name, and the two built-in roles: roles first, then groups, users, clients and
 * scopes, by name.
 */
export function accessHolders(policy: Policy): readonly AccessHolder[] {
  return [...new Set<Subject>([AUTHENTICATED, MACHINE, ...namedSubjects(policy)])]
    .sort((a, b) => byKind(a, b) || (a < b ? -1 : 1))
    .map((subject) => ({ subject, held: holdings(policy, [...(kindOfLeaf(subject) ?? []), subject]) }));
}
