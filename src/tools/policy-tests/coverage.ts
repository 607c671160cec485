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
  const hits = new Map<string, number>();
  const hit = (text: string) => hits.set(text, (hits.get(text) ?? 0) + 1);
  for (const { explanation, route } of cases) {
    for (const { row, path, permission } of explanation.determining) {
      hit(row.row);
      // A `p3` row covers; the `p` row beside it granted the permission.
      if (row.row.startsWith("p3, ")) continue;
      for (const [index, role] of path.slice(1).entries()) {
        for (const member of membersFor(policy, path[index] ?? role, role)) hit(`g, ${member}, ${role}`);
      }
      const opened = route === undefined ? [] : (policy.routeEntries.get(route)?.permissions ?? []);
      for (const one of opened) if (covers(permission, one)) hit(`g2, ${route}, ${one}`);
    }
  }
  const counted = rows
    .filter((row) => ["p", "g", "p3"].includes(row.type) || (row.type === "g2" && row.permission !== PUBLIC))
    .map(({ type, fields, file, line, text }): CoveredRow => {
      const plain = [type, ...fields].join(", ");
      return { file, line, row: text, hits: hits.get(type === "p" || type === "p3" ? text : plain) ?? 0 };
    })
    .sort(byPlace);
  const covered = counted.filter((row) => row.hits > 0).length;
  const percent = counted.length === 0 ? 100 : Math.floor((1000 * covered) / counted.length) / 10;
  return { covered, total: counted.length, percent, rows: counted };
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
