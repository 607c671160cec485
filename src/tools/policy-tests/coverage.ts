import { covers, PUBLIC } from "../../policy/permission.ts";
import { byPlace } from "../../policy/place.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Row } from "../../policy/row.ts";
import type { Subject } from "../../policy/subject.ts";
import { tenantOf } from "../../policy/tenant-group.ts";
import type { TestCase } from "./run-suites.ts";

/** The rows that tests cover. */
export interface Coverage {
  readonly covered: number;
  readonly total: number;
  /** Of 100; 100 if there is nothing to cover. */
  readonly percent: number;
  readonly rows: readonly CoveredRow[];
}

interface CoveredRow {
  readonly file: string;
  readonly line: number;
  readonly row: string;
  /** The number of decisions it determined. */
  readonly hits: number;
}

/**
 * The rows that determined a tested decision: the determining `p` and `p3` rows, the `g` rows that lead to their
 * subjects, and the `g2` rows that map the route to their permissions. Public routes and rows about addresses are not
 * included.
 */
export function coverageOf(policy: Policy, rows: readonly Row[], cases: readonly TestCase[]): Coverage {
  const hits = determinedBy(policy, cases);
  const counted = rows
    .filter(isCovered)
    .map((row): CoveredRow => {
      const { file, line, text } = row;
      return { file, line, row: text, hits: hits.get(hitKey(row))?.length ?? 0 };
    })
    .sort(byPlace);
  const covered = counted.filter((row) => row.hits > 0).length;
  const percent = counted.length === 0 ? 100 : Math.floor((1000 * covered) / counted.length) / 10;
  return { covered, total: counted.length, percent, rows: counted };
}

/** The cases that each row determined, each once. */
export function testsOfRows(
  policy: Policy,
  rows: readonly Row[],
  cases: readonly TestCase[],
): ReadonlyMap<string, readonly TestCase[]> {
  const hits = determinedBy(policy, cases);
  return new Map(rows.filter(isCovered).map((row) => [row.text, [...new Set(hits.get(hitKey(row)))]]));
}

function isCovered(row: Row): boolean {
  return ["p", "g", "p3"].includes(row.type) || (row.type === "g2" && row.permission !== PUBLIC);
}

function hitKey({ type, fields, text }: Row): string {
  return type === "p" || type === "p3" ? text : [type, ...fields].join(", ");
}

function determinedBy(policy: Policy, cases: readonly TestCase[]): ReadonlyMap<string, readonly TestCase[]> {
  const hits = new Map<string, TestCase[]>();
  for (const one of cases) {
    const { explanation, route } = one;
    const hit = (text: string) => {
      const known = hits.get(text);
      if (known === undefined) hits.set(text, [one]);
      else known.push(one);
    };
    for (const { row, path, permission } of explanation.determining) {
      hit(row.row);
      // A `p3` row covers; the `p` row beside it granted the permission.
      if (row.row.startsWith("p3, ")) continue;
      for (const [index, role] of path.slice(1).entries()) {
        for (const member of membersFor(policy, path[index] ?? role, role)) hit(`g, ${member}, ${role}`);
      }
      const opened = route === undefined ? [] : (policy.routeEntries.get(route)?.permissions ?? []);
      for (const name of opened) if (covers(permission, name)) hit(`g2, ${route}, ${name}`);
    }
  }
  return hits;
}

/** The members of `g` rows by which a subject may have the role: itself, and a group of each tenant that it fits. */
function membersFor(policy: Policy, subject: Subject, role: Subject): readonly Subject[] {
  const ofTenants = policy.tenantRoles.filter(
    (group) => group.directRoles.includes(role) && tenantOf(group, subject) !== undefined,
  );
  return [subject, ...ofTenants.map(({ member }) => member)];
}

/** LCOV for editors and CI, with paths relative to the repository. */
export function lcovOf({ rows }: Coverage, inRepository: (file: string) => string): string {
  const files = [...new Set(rows.map(({ file }) => file))];
  return files
    .map((file) => {
      const own = rows.filter((row) => row.file === file);
      const lines = own.map(({ line, hits }) => `DA:${line},${hits}\n`).join("");
      return `TN:\nSF:${inRepository(file)}\n${lines}LF:${own.length}\nLH:${own.filter(({ hits }) => hits > 0).length}\nend_of_record\n`;
    })
    .join("");
}
