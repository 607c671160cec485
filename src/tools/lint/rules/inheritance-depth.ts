import type { RoleRow } from "../../../policy/row.ts";
import type { Subject } from "../../../policy/subject.ts";
import { kindOfLeaf } from "../../access/holding.ts";
import { factsOf, type PolicyFacts } from "../policy-facts.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../rule.ts";

/** A role that is further away than casbin's own role manager searches. */
export const inheritanceDepth: Rule = {
  id: "inheritance-depth",
  category: "structure",
  severity: "error",
  summary: "a role is more than 10 `g` rows away, where casbin's own tools stop",
  check,
};

/** node-casbin's default `maxHierarchyLevel`: it follows 10 links and not the eleventh. */
const CASBIN_LINKS = 10;

function* check({ rows }: LintSubject): Iterable<Problem> {
  const facts = factsOf(rows);
  const depths = new Map<Subject, number>();
  const reported = new Set<Subject>();
  for (const member of facts.rowsOfMember.keys()) {
    // casbin starts at the token's own subjects.
    if (kindOfLeaf(member) === undefined || depthBelow(facts, member, depths) <= CASBIN_LINKS) continue;
    for (const last of rowsBeyond(facts, member)) {
      if (reported.has(last.role)) continue;
      reported.add(last.role);
      yield {
        ...atField(last, 1),
        message: `\`${member}\` reaches \`${last.role}\` through ${CASBIN_LINKS + 1} \`g\` rows; casbin's own tools follow at most ${CASBIN_LINKS}`,
        fix: `shorten the chain, e.g. with \`g, ${member}, ${last.role}\``,
      };
    }
  }
}

/**
 * The longest chain below a member. It is cheap and finds the members that need a closer look. Infinite if the chain
 * runs into a cycle.
 */
function depthBelow({ rowsOfMember }: PolicyFacts, start: Subject, depths: Map<Subject, number>): number {
  const known = depths.get(start);
  if (known !== undefined) return known;
  const visitTo = (member: Subject): Visit => ({
    member,
    rows: (rowsOfMember.get(member) ?? []).values(),
    depth: 0,
  });
  // An explicit stack: a chain may be longer than the call stack allows.
  const stack = [visitTo(start)];
  const open = new Set([start]);
  let below: number | undefined;
  for (let visit = stack.at(-1); visit !== undefined; visit = stack.at(-1)) {
    if (below !== undefined) visit.depth = Math.max(visit.depth, 1 + below);
    below = undefined;
    const { value: row } = visit.rows.next();
    if (row === undefined) {
      depths.set(visit.member, visit.depth);
      open.delete(visit.member);
      below = visit.depth;
      stack.pop();
      continue;
    }
    below = open.has(row.role) ? Number.POSITIVE_INFINITY : depths.get(row.role);
    if (below !== undefined) continue;
    open.add(row.role);
    stack.push(visitTo(row.role));
  }
  return below ?? 0;
}

interface Visit {
  readonly member: Subject;
  readonly rows: Iterator<RoleRow, undefined>;
  depth: number;
}

/** The rows that lead to the roles one link too far away, by the shortest paths. */
function rowsBeyond({ rowsOfMember }: PolicyFacts, start: Subject): RoleRow[] {
  const seen = new Set([start]);
  let frontier: Subject[] = [start];
  let links: RoleRow[] = [];
  for (let distance = 0; distance <= CASBIN_LINKS; distance += 1) {
    links = [];
    for (const member of frontier) {
      for (const row of rowsOfMember.get(member) ?? []) {
        if (seen.has(row.role)) continue;
        seen.add(row.role);
        links.push(row);
      }
    }
    frontier = links.map(({ role }) => role);
  }
  return links;
}
