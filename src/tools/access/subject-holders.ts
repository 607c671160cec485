import type { Policy } from "../../policy/policy.ts";
import type { Subject } from "../../policy/subject.ts";
import { kindOfLeaf, memoizedByObject } from "./holding.ts";
import { namedSubjects } from "./named-subjects.ts";

/**
 * The subjects of tokens that hold a subject: groups, users, clients, scopes and the two built-in roles that the policy
 * names, itself included; sorted. A group of each tenant is spelled as in its row.
 */
export function subjectHolders(policy: Policy, subject: Subject): readonly Subject[] {
  return holdersOf(policy).get(subject) ?? (kindOfLeaf(subject) === undefined ? [] : [subject]);
}

const holdersOf = memoizedByObject(holdersBySubject);

function holdersBySubject(policy: Policy): ReadonlyMap<Subject, readonly Subject[]> {
  const holders = new Map<Subject, Subject[]>();
  const add = (subject: Subject, holder: Subject) => {
    const list = holders.get(subject);
    if (list === undefined) holders.set(subject, [holder]);
    else list.push(holder);
  };
  const tenantRoles = new Map(policy.tenantRoles.map(({ member, roles }) => [member, roles]));
  for (const holder of [...namedSubjects(policy)].sort()) {
    if (kindOfLeaf(holder) === undefined) continue;
    const roles = [...(policy.rolesOf.get(holder) ?? []), ...(tenantRoles.get(holder) ?? [])];
    for (const subject of new Set([holder, ...roles])) add(subject, holder);
  }
  return holders;
}
