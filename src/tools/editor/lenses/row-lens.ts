import { covers, PUBLIC } from "../../../policy/permission.ts";
import type { Policy } from "../../../policy/policy.ts";
import type { Row } from "../../../policy/row.ts";
import { rowDigest } from "../../../policy/row-description.ts";
import { AUTHENTICATED, MACHINE, type Subject } from "../../../policy/subject.ts";
import { subjectHolders } from "../../access/subject-holders.ts";
import type { RowUses } from "../../decision-log/row-uses.ts";
import { counted, number } from "../../text/counted.ts";

/** What is known besides the policy. */
export interface RowFacts {
  /** The places of the tested decisions that a row determined, by its text; undefined if the policy has no tests. */
  readonly tests: ReadonlyMap<string, readonly TestPlace[]> | undefined;
  /** Undefined if there is no decision log. */
  readonly log: LogFacts | undefined;
}

/** A tested decision. */
export interface TestPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `viewer GET /orders` */
  readonly name: string;
}

interface LogFacts {
  readonly uses: RowUses;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Whether a file was too long to read all of it, so that there may have been more. */
  readonly isPart: boolean;
}

/** The lens above a row, and what it opens. */
export interface RowLens {
  /** `8 holders, 3 tests, 1,204 allowed last week` */
  readonly title: string;
  /** Subjects of tokens, or routes. */
  readonly names: readonly string[];
  readonly tests: readonly TestPlace[];
}

/** The types of rows that have a lens. */
export function hasLens(row: Row): boolean {
  return row.type === "p" || row.type === "g" || row.type === "g2" || row.type === "p3";
}

/** Undefined for a row about addresses or directories. */
export function rowLens(policy: Policy, row: Row, facts: RowFacts): RowLens | undefined {
  const about = whoOrWhat(policy, row);
  if (about === undefined) return undefined;
  const tests = facts.tests?.get(row.text) ?? [];
  const parts = [
    about.text,
    ...(facts.tests === undefined || about.isOpen ? [] : [some(tests.length, "test")]),
    ...(facts.log === undefined ? [] : usedPart(row, facts.log)),
  ];
  return { title: parts.join(", "), names: about.names, tests };
}

interface About {
  readonly text: string;
  readonly names: readonly string[];
  /** A public route: no test can determine it. */
  readonly isOpen?: true;
}

function whoOrWhat(policy: Policy, row: Row): About | undefined {
  switch (row.type) {
    case "p":
      return heldBy(subjectHolders(policy, row.subject), "holder");
    case "g": {
      const members = heldBy(subjectHolders(policy, row.role), "member");
      return { ...members, text: `${row.role}: ${members.text}` };
    }
    case "g2":
      if (row.permission === PUBLIC) return { text: "open to everyone", names: [], isOpen: true };
      return heldBy(holdersOnRoute(policy, row.route), "holder");
    case "p3": {
      const routes = routesCovered(policy, row.permission);
      return { text: some(routes.length, "route"), names: routes };
    }
    case "p2":
    case "g3":
    case "g4":
      return undefined;
  }
}

/** Every user is more than the users of any group. */
function heldBy(holders: readonly Subject[], what: string): About {
  const everyone = [
    ...(holders.includes(AUTHENTICATED) ? ["every user"] : []),
    ...(holders.includes(MACHINE) ? ["every machine"] : []),
  ];
  if (everyone.length === 0) return { text: some(holders.length, what), names: holders };
  return { text: everyone.join(" and "), names: holders };
}

/** The subjects of tokens that an allow row of the route names or leads to, whatever denies them. */
function holdersOnRoute(policy: Policy, route: string): readonly Subject[] {
  const rows = policy.routeEntries.get(route)?.rows ?? [];
  const subjects = rows.flatMap((bySubject) =>
    [...bySubject].flatMap(([subject, own]) =>
      own.some(({ effect }) => effect === "allow") ? [subject as Subject] : [],
    ),
  );
  return [...new Set(subjects.flatMap((subject) => subjectHolders(policy, subject)))].sort();
}

/** The routes with a permission that a `p3` row covers. */
function routesCovered(policy: Policy, pattern: string): readonly string[] {
  return [...policy.routeEntries]
    .filter(([, { permissions }]) => permissions.some((permission) => covers(pattern, permission)))
    .map(([route]) => route)
    .sort();
}

/** Decisions name `p` and `p3` rows. A log without decisions says nothing of a row. */
function usedPart(row: Row, { uses, now, isPart }: LogFacts): readonly string[] {
  if ((row.type !== "p" && row.type !== "p3") || uses.decisions(now) === 0) return [];
  const count = uses.usesOf(rowDigest(row.text), now);
  const what = row.type === "p" && row.effect === "deny" ? "denied" : "allowed";
  return [
    `${isPart && count > 0 ? "at least " : ""}${count === 0 ? "none" : number(count)} ${what} last week`,
  ];
}

/** `no tests`, `1 test`, `1,204 tests` */
function some(count: number, what: string): string {
  return count === 0 ? `no ${what}s` : counted(count, what);
}
