import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ReferenceRow } from "../../src/policy/reference.ts";
import type { Holder } from "./tokens.ts";

/** A row of a policy file. */
export interface Line {
  readonly row: ReferenceRow;
  /** `policies/roles.csv:12`. */
  readonly place: string;
}

/** docs/policies.md, "Subjects": what a token holds before roles are followed. */
export function subjectsOf({ kind, sub, groups, client, scopes }: Holder): readonly string[] {
  return kind === "machine"
    ? ["role:machine", `client:${client}`, ...scopes.map((scope) => `scope:${scope}`)]
    : ["role:authenticated", `user:${sub}`, ...groups.map((group) => `group:${group}`)];
}

/** The names of all roles that follow from the subjects, sorted. */
export function rolesOf(rows: readonly ReferenceRow[], subjects: readonly string[]): readonly string[] {
  const held = [...subjects];
  for (const subject of held) {
    for (const [type, member, role = ""] of rows) {
      if (type === "g" && member === subject && !held.includes(role)) held.push(role);
    }
  }
  const roles = held.filter((one) => one.startsWith("role:"));
  return [...new Set(roles)].map((role) => role.slice("role:".length)).sort();
}

/** The fields of an AppSync API that the policy names, sorted. */
export function fieldsOf(rows: readonly ReferenceRow[]): readonly string[] {
  return rows
    .filter(([type, name]) => type === "g2" && /^(Query|Mutation|Subscription)\./.test(name ?? ""))
    .map(([, name = ""]) => name)
    .sort();
}

/** The rows of the CSV files, which have no quotes here. */
export function linesOf(folder: string): readonly Line[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".csv"));
  return files.sort().flatMap((file) =>
    readFileSync(join(folder, file), "utf8")
      .split("\n")
      .map((text, index) => ({ text: text.trim(), place: `policies/${file}:${index + 1}` }))
      .filter(({ text }) => text !== "" && !text.startsWith("#"))
      .map(({ text, place }) => ({ row: text.split(",").map((field) => field.trim()), place })),
  );
}
