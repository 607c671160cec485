import type { DecisionRow, Policy } from "../../policy/policy.ts";
import type { Subject } from "../../policy/subject.ts";

/** A row about a permission of a route. */
export interface ReportedRow {
  readonly effect: "allow" | "deny";
  readonly subject: Subject;
  readonly permission: string;
  readonly condition: string | undefined;
  readonly file: string;
  readonly line: number;
  /** Its place in the canonical order of all rows. */
  readonly ordinal: number;
  /** Groups, clients and other subjects that lead to the subject; sorted, without the subject itself. */
  readonly heldBy: readonly Subject[];
}

/**
 * The rows about a route: deny rows first, then in canonical order. A row of several routes is one object, and so is
 * the list of those who hold a subject.
 *
 * @param isShown leaves out the rows of other subjects
 */
export function reportedRows(
  policy: Policy,
  isShown: (subject: Subject) => boolean,
): (route: string) => readonly ReportedRow[] {
  const heldBy = membersByRole(policy);
  const known = new Map<DecisionRow, ReportedRow>();
  const reported = (row: DecisionRow): ReportedRow => {
    const before = known.get(row);
    if (before !== undefined) return before;
    const one = reportedRow(row, heldBy.get(row.subject) ?? NOBODY);
    known.set(row, one);
    return one;
  };
  return (route) =>
    (policy.routeEntries.get(route)?.rows ?? [])
      .flatMap((bySubject) => [...bySubject.values()].flat())
      .filter(({ subject }) => isShown(subject))
      .sort((a, b) => Number(a.effect === "allow") - Number(b.effect === "allow") || a.ordinal - b.ordinal)
      .map(reported);
}

const NOBODY: readonly Subject[] = [];

function reportedRow(
  { effect, subject, permission, columns, file, line, ordinal }: DecisionRow,
  heldBy: readonly Subject[],
): ReportedRow {
  const condition = columns[3] === "" ? undefined : columns[3];
  return { effect, subject, permission, condition, file, line, ordinal, heldBy };
}

/** For each role, those that it follows from; sorted. */
function membersByRole(policy: Policy): ReadonlyMap<Subject, readonly Subject[]> {
  const members = new Map<Subject, Subject[]>();
  const ofTenants = policy.tenantRoles.map(({ member, roles }) => [member, roles] as const);
  for (const [key, roles] of [...policy.rolesOf, ...ofTenants]) {
    const member = key as Subject;
    for (const role of roles) {
      if (role === member) continue;
      const list = members.get(role);
      if (list === undefined) members.set(role, [member]);
      else list.push(member);
    }
  }
  for (const list of members.values()) list.sort();
  return members;
}
