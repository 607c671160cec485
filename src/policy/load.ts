import { createHash } from "node:crypto";
import { createEngine } from "./engine.ts";
import type { Finding } from "./finding.ts";
import { PolicyError } from "./finding.ts";
import { canonicalModel, checkModel } from "./model.ts";
import { parsePolicy } from "./parse.ts";
import { PUBLIC } from "./permission.ts";
import type { Policy } from "./policy.ts";
import { createRouteTable } from "./route-table.ts";
import type { Row, RowType } from "./row.ts";

/** A policy file as text. `path` is how findings and decisions name it, e.g. `policies/roles.csv`. */
export interface PolicyFile {
  readonly path: string;
  readonly text: string;
}

export interface PolicySources {
  readonly model: PolicyFile;
  readonly rows: readonly PolicyFile[];
}

/**
 * Loads a policy, whole or not at all. The order of files and rows carries no meaning.
 * @throws PolicyError with every finding: what does not parse, duplicates, a policy that is empty
 */
export function loadPolicy(sources: PolicySources): Policy {
  const { rows, findings: misread } = parsePolicy(sources.rows);
  const findings = [
    ...checkModel(sources.model.path, sources.model.text),
    ...misread,
    ...duplicates(rows),
    ...publicAndGuarded(rows),
  ];
  // What is missing is worth saying only when all that is there was understood.
  if (findings.length === 0) findings.push(...emptiness(sources, rows));
  if (findings.length > 0) throw new PolicyError(findings);
  return assemble(canonicalModel(sources.model.text), rows);
}

function assemble(model: string, rows: readonly Row[]): Policy {
  const routes = groupBy(ofType(rows, "g2"), (row) => row.route);
  return {
    version: versionOf(model, rows),
    permissionRows: groupBy(ofType(rows, "p"), (row) => row.subject),
    directRoles: mapValues(
      groupBy(ofType(rows, "g"), (row) => row.member),
      (group) => group.map((row) => row.role),
    ),
    permissionsByRoute: mapValues(routes, (group) =>
      group.map((row) => row.permission).filter((permission) => permission !== PUBLIC),
    ),
    routes: createRouteTable(routes.keys()),
    signUpRows: ofType(rows, "p2"),
    landingRows: ofType(rows, "g3"),
    engine: createEngine(model),
  };
}

function versionOf(model: string, rows: readonly Row[]): string {
  const hash = createHash("sha256").update(model);
  for (const row of rows) hash.update(`\n${row.text}`);
  return hash.digest("hex").slice(0, 16);
}

function ofType<T extends RowType>(rows: readonly Row[], type: T): Extract<Row, { type: T }>[] {
  return rows.filter((row): row is Extract<Row, { type: T }> => row.type === type);
}

function groupBy<K, T>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function mapValues<K, A, B>(map: ReadonlyMap<K, A>, change: (value: A) => B): Map<K, B> {
  return new Map([...map].map(([key, value]) => [key, change(value)]));
}

function duplicates(rows: readonly Row[]): Finding[] {
  const findings: Finding[] = [];
  for (const group of groupBy(rows, (row) => row.text).values()) {
    const [first, ...others] = [...group].sort((a, b) =>
      a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1,
    );
    for (const row of others) {
      findings.push({
        rule: "duplicate-row",
        file: row.file,
        line: row.line,
        column: 1,
        message: `the row \`${row.text}\` is already at ${first?.file}:${first?.line}`,
        fix: "delete one of the two",
      });
    }
  }
  return findings;
}

function publicAndGuarded(rows: readonly Row[]): Finding[] {
  const routes = groupBy(ofType(rows, "g2"), (row) => row.route);
  return [...routes.values()].flatMap((group) => {
    const open = group.find((row) => row.permission === PUBLIC);
    if (open === undefined || group.length === 1) return [];
    return [
      {
        rule: "public-and-guarded",
        file: open.file,
        line: open.line,
        column: 1,
        message: `\`${open.route}\` is public and belongs to a permission as well`,
        fix: "a public route has no authorizer: remove this row or the others of the route",
      },
    ];
  });
}

function emptiness(sources: PolicySources, rows: readonly Row[]): Finding[] {
  if (rows.some((row) => row.type === "p")) return [];
  return [
    {
      rule: "empty-policy",
      file: sources.rows[0]?.path ?? sources.model.path,
      line: 1,
      column: 1,
      message: "the policy has no `p` row, so nobody could ever do anything",
      fix: "check that the CSV files are where they are looked for, or grant something",
    },
  ];
}
