import { byPlace } from "../../policy/place.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Row } from "../../policy/row.ts";
import type { Subject, SubjectPrefix } from "../../policy/subject.ts";
import { hasBraces } from "../../policy/tenant-group.ts";
import { memoizedByObject } from "./holding.ts";

/** A subject in a row. */
export interface NamedSubject {
  /** Without its prefix. */
  readonly name: string;
  readonly row: Row;
  /** The field of the row that names it, counted from 0. */
  readonly field: number;
}

/** All subjects of `p` and `g` rows: subjects, members and roles; a group of each tenant as its row spells it. */
export const namedSubjects: (policy: Policy) => ReadonlySet<Subject> = memoizedByObject((policy) => {
  const named = new Set<Subject>();
  for (const { subject } of policy.decisionRows) named.add(subject);
  for (const [member, roles] of policy.rolesOf) {
    named.add(member as Subject);
    for (const role of roles) named.add(role);
  }
  for (const { member, roles } of policy.tenantRoles) {
    named.add(member);
    for (const role of roles) named.add(role);
  }
  return named;
});

/** The display order of subjects: roles, groups, users, clients, scopes. */
const KINDS = ["role", "group", "user", "client", "scope"] satisfies readonly SubjectPrefix[];

/** Compares subjects only by kind, for sorting. */
export function byKind(a: Subject, b: Subject): number {
  return rankOf(a) - rankOf(b);
}

function rankOf(subject: Subject): number {
  return KINDS.findIndex((kind) => subject.startsWith(`${kind}:`));
}

/** The places where `p`, `g` and `p3` rows name a subject of the prefix. */
export function* subjectsNamed(rows: readonly Row[], prefix: SubjectPrefix): Iterable<NamedSubject> {
  for (const row of rows) {
    const subject = subjectIn(row);
    if (subject?.startsWith(`${prefix}:`)) yield { name: subject.slice(prefix.length + 1), row, field: 0 };
  }
}

function subjectIn(row: Row): Subject | undefined {
  switch (row.type) {
    case "p":
      return row.subject;
    case "g":
      return row.member;
    case "p3":
      return row.client;
    case "g2":
    case "g3":
    case "g4":
    case "p2":
      return undefined;
  }
}

/**
 * The places where one group is named: as a subject, or as the group of new users or of directory groups. A placeholder
 * names none.
 */
export function* groupsNamed(rows: readonly Row[]): Iterable<NamedSubject> {
  for (const named of subjectsNamed(rows, "group")) if (!hasBraces(`group:${named.name}`)) yield named;
  for (const row of rows) {
    if (row.type === "g3" || row.type === "g4") yield { name: row.group, row, field: 1 };
  }
}

/**
 * The groups that must exist for the rows to have an effect, each with the first row that names it; without those that
 * Cognito creates.
 */
export function policyGroups(rows: readonly Row[]): ReadonlyMap<string, NamedSubject> {
  const groups = new Map<string, NamedSubject>();
  for (const named of groupsNamed([...rows].sort(byPlace))) {
    if (!groups.has(named.name) && !isProviderGroup(named.name)) groups.set(named.name, named);
  }
  return groups;
}

/** Whether Cognito creates the group for the users of an identity provider: `<pool>_<provider>`. */
export function isProviderGroup(name: string): boolean {
  return /^[a-z]{2}(-[a-z]+)+-\d+_[A-Za-z0-9]+_./.test(name);
}
