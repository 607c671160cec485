import type { RoleRow } from "../../../policy/row.ts";
import type { Subject } from "../../../policy/subject.ts";
import { factsOf, type PolicyFacts } from "../policy-facts.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../rule.ts";

/** Roles that inherit from each other in a cycle. */
export const inheritanceCycle: Rule = {
  id: "inheritance-cycle",
  category: "structure",
  severity: "error",
  summary: "roles inherit from each other in a cycle",
  check,
};

function* check({ rows }: LintSubject): Iterable<Problem> {
  const facts = factsOf(rows);
  const reported = new Set<Subject>();
  for (const row of facts.roleRows) {
    // All roles of one cycle, or of cycles that share a role, reach each other: one finding covers them all.
    if (reported.has(row.member) || !facts.holding.closure(row.role).has(row.member)) continue;
    const circle = [row.member, ...shortestWay(facts, row)];
    for (const role of facts.holding.closure(row.member)) {
      if (facts.holding.closure(role).has(row.member)) reported.add(role);
    }
    yield {
      ...atField(row, 1),
      message: `roles inherit in a cycle: ${circle.map((role) => `\`${role}\``).join(" -> ")}`,
      fix: "remove one of the `g` rows: in a cycle every role has the rights of all others",
    };
  }
}

/** The roles from a row's role to its member, both included, by the shortest path. */
function shortestWay({ rowsOfMember }: PolicyFacts, { member, role }: RoleRow): Subject[] {
  const cameFrom = new Map<Subject, Subject | undefined>([[role, undefined]]);
  // A Map also iterates over entries added during iteration: nearest first.
  for (const [at] of cameFrom) {
    for (const next of rowsOfMember.get(at) ?? []) {
      if (!cameFrom.has(next.role)) cameFrom.set(next.role, at);
    }
  }
  const way: Subject[] = [];
  for (let at: Subject | undefined = member; at !== undefined; at = cameFrom.get(at)) way.unshift(at);
  return way;
}
