import { ClaimgateError } from "../errors.ts";
import {
  type CompiledPolicy,
  type CompiledRow,
  compilePolicy,
  type PolicySources,
  textOf,
} from "./compile.ts";

/** The number of rows that the message names; it counts the others. */
const NAMED = 3;

/**
 * Proves that a compiled policy matches its current rows, in a build script or a test. Compares rows, model, version
 * and the lines that decisions name.
 *
 * @param compiled the stored result of `compilePolicy`
 * @param sources the rows, under the paths that were compiled
 * @throws PolicyError if the rows do not compile; ClaimgateError `policy_stale` if the two differ
 *
 * @example
 * import { readFileSync } from "node:fs";
 * import { verifyCompiled } from "claimgate/policy";
 *
 * const file = (path: string) => ({ path, text: readFileSync(path, "utf8") });
 * verifyCompiled(JSON.parse(readFileSync("src/policy.json", "utf8")), {
 *   model: file("policies/model.conf"),
 *   rows: [file("policies/roles.csv")],
 * });
 */
export function verifyCompiled(compiled: unknown, sources: PolicySources): void {
  const difference = stalenessOf(compiled, compilePolicy(sources));
  if (difference !== undefined) throw new ClaimgateError("policy_stale", difference);
}

/** Why a stored policy is not current, as a clause; undefined if it is. */
export function stalenessOf(stored: unknown, current: CompiledPolicy): string | undefined {
  const { version, model, files, rows, ...rest } = storedOf(stored);
  if (typeof version !== "string" || !areRows(rows)) return "it is not a compiled policy";
  const versions = `the compiled policy has version ${version}, but the rows have ${current.version}`;
  if (model !== current.model) return `${versions}: it was compiled with another model.conf`;
  const changes = changedRows(rows, current);
  if (changes.length > 0) return `${versions}: ${changes.join("; ")}`;
  if (version !== current.version) return `${versions}, though their rows are the same`;
  const kept = JSON.stringify([files, rows, Object.keys(rest)]);
  if (kept === JSON.stringify([current.files, current.rows, []])) return undefined;
  return "the compiled policy names files or lines that differ from those of the rows, and decisions would name them";
}

type Stored = { readonly [Key in keyof CompiledPolicy]?: unknown };

const storedOf = (value: unknown): Stored => (typeof value === "object" && value !== null ? value : {});

const areRows = (value: unknown): value is readonly CompiledRow[] =>
  Array.isArray(value) && value.every((row) => Array.isArray(row));

function changedRows(stored: readonly CompiledRow[], current: CompiledPolicy): string[] {
  const before = new Set(stored.map(textOf));
  const after = new Map(current.rows.map((row) => [textOf(row), row]));
  const added = [...after].filter(([text]) => !before.has(text));
  const removed = [...before].filter((text) => !after.has(text));
  const places = added.map(([text, [, file, line]]) => `\`${text}\` (${current.files[file]}:${line})`);
  return [
    ...listed(places, "is not compiled in", "are not compiled in"),
    ...listed(
      removed.map((text) => `\`${text}\``),
      "is compiled in and no longer a row",
      "are compiled in and no longer rows",
    ),
  ];
}

function listed(rows: readonly string[], one: string, several: string): string[] {
  if (rows.length === 0) return [];
  const more = rows.length - NAMED;
  const names = rows.slice(0, NAMED).join(", ") + (more > 0 ? ` and ${more} more` : "");
  return [`${names} ${rows.length === 1 ? one : several}`];
}
