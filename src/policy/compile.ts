import { rowText } from "./csv.ts";
import type { Finding } from "./finding.ts";
import { PolicyError } from "./finding.ts";
import { groupBy } from "./group-by.ts";
import { canonicalModel, checkModel, modelWithoutComments } from "./model.ts";
import { type Parsing, parsePolicy } from "./parse.ts";
import { PUBLIC } from "./permission.ts";
import { byPlace } from "./place.ts";
import { placeInRow, type Row } from "./row.ts";
import { sha256 } from "./sha256.ts";

/** The content of a policy file. Findings and decisions name the file by `path`, e.g. `policies/roles.csv`. */
export interface PolicyFile {
  readonly path: string;
  readonly text: string;
}

/** The files of a policy. The order of rows and files has no meaning. */
export interface PolicySources {
  readonly model: PolicyFile;
  readonly rows: readonly PolicyFile[];
}

/** One row: its type, the number of its file, its line, and its fields. */
export type CompiledRow = readonly [type: Row["type"], file: number, line: number, ...fields: string[]];

/** The canonical spelling of a row. */
export function textOf([type, , , ...fields]: CompiledRow): string {
  return rowText(type, fields);
}

/**
 * A valid policy as plain data: what the build puts into a bundle. `assemblePolicy` turns it into a policy without
 * reading a file or parsing CSV.
 */
export interface CompiledPolicy {
  /** A digest of model and rows that ignores the order of files and rows: 16 hex digits. */
  readonly version: string;
  /** The model without its comments. */
  readonly model: string;
  readonly files: readonly string[];
  /** In canonical order. */
  readonly rows: readonly CompiledRow[];
}

/**
 * A compiled policy as TypeScript knows an imported JSON file, such as the output of `claimgate compile`. Every
 * {@link CompiledPolicy} is one.
 */
export interface CompiledPolicyFile {
  readonly version: string;
  readonly model: string;
  readonly files: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/**
 * Compiles a policy, completely or not at all. The order of files and rows has no meaning.
 * @throws PolicyError with every finding: rows that do not parse, duplicates, an empty policy
 *
 * @example
 * import { readFileSync, writeFileSync } from "node:fs";
 * import { compilePolicy } from "claimgate/policy";
 *
 * const file = (path: string) => ({ path, text: readFileSync(path, "utf8") });
 * const compiled = compilePolicy({ model: file("policies/model.conf"), rows: [file("policies/roles.csv")] });
 * writeFileSync("src/policy.json", JSON.stringify(compiled));
 */
export function compilePolicy(sources: PolicySources): CompiledPolicy {
  const parsing = parsePolicy(sources.rows);
  const { rows } = parsing;
  const findings = refusalsOf(sources, parsing);
  if (findings.length > 0) throw new PolicyError(findings);
  const files = [...new Set(rows.map((row) => row.file))].sort();
  const numbers = new Map(files.map((file, index) => [file, index]));
  const model = canonicalModel(sources.model.text);
  return {
    version: versionOf(model, rows),
    model: modelWithoutComments(model),
    files,
    rows: rows.map((row) => [row.type, numbers.get(row.file) ?? 0, row.line, ...row.fields]),
  };
}

/** What keeps a policy from loading; none for one that loads. */
export function refusalsOf(sources: PolicySources, { rows, findings: misread }: Parsing): readonly Finding[] {
  const findings = [
    ...checkModel(sources.model.path, sources.model.text),
    ...misread,
    ...duplicates(rows),
    ...publicAndGuarded(rows),
    ...ambiguousRoutes(rows),
  ];
  // Report missing rows only if every existing row parses.
  return findings.length === 0 ? emptiness(sources, rows) : findings;
}

function versionOf(model: string, rows: readonly Row[]): string {
  return sha256([model, ...rows.map(({ text }) => text)].join("\n")).slice(0, 16);
}

function duplicates(rows: readonly Row[]): Finding[] {
  return groupsOf(rows, (row) => row.text).flatMap((group) => {
    const [first, ...others] = [...group].sort(byPlace);
    return others.map((row) => ({
      rule: "duplicate-row",
      file: row.file,
      line: row.line,
      column: 1,
      message: `the row \`${row.text}\` is already at ${first?.file}:${first?.line}`,
      fix: "delete one of the two",
    }));
  });
}

function publicAndGuarded(rows: readonly Row[]): Finding[] {
  const routes = rows.filter((row) => row.type === "g2");
  return groupsOf(routes, (row) => row.route).flatMap((group) => {
    const open = group.find((row) => row.permission === PUBLIC);
    if (open === undefined || group.length === 1) return [];
    return [
      {
        rule: "public-and-guarded",
        file: open.file,
        line: open.line,
        column: 1,
        message: `\`${open.route}\` is public and also belongs to a permission`,
        fix: "a public route has no authorizer: remove this row or the other rows of the route",
      },
    ];
  });
}

/** API Gateway refuses such a pair too; here one route would silently replace the other. */
function ambiguousRoutes(rows: readonly Row[]): Finding[] {
  const routes = new Map(rows.flatMap((row) => (row.type === "g2" ? [[row.route, row] as const] : [])));
  const shape = (route: string) => route.replace(/\{[^}+]+/g, "{");
  return groupsOf([...routes.values()], (row) => shape(row.route)).flatMap((group) => {
    const [first, ...others] = [...group].sort(byPlace);
    return others.map((row) => ({
      rule: "ambiguous-route",
      ...placeInRow(row, 0),
      message: `\`${row.route}\` differs from \`${first?.route}\` only in the name of a parameter`,
      fix: `use the spelling of ${first?.file}:${first?.line} for both`,
    }));
  });
}

function groupsOf<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  return [...groupBy(items, keyOf).values()];
}

function emptiness(sources: PolicySources, rows: readonly Row[]): Finding[] {
  if (rows.some((row) => row.type === "p")) return [];
  return [
    {
      rule: "empty-policy",
      file: sources.rows[0]?.path ?? sources.model.path,
      line: 1,
      column: 1,
      message: "the policy has no `p` row, so it would deny every request",
      fix: "check the path of the CSV files, or add a `p` row",
    },
  ];
}
