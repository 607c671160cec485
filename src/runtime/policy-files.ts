import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import type { PolicyFile, PolicySources } from "../policy/compile.ts";
import { PolicyError } from "../policy/finding.ts";

/** Where the policy is looked for: `CLAIMGATE_POLICIES`, by default `policies`. */
export function policiesDirectory(env: Readonly<Record<string, string | undefined>>): string {
  return resolve(env["CLAIMGATE_POLICIES"] ?? "policies");
}

/** Reads `model.conf` and every `*.csv` below the directory; paths are named from the directory's parent. */
export function readPolicyDirectory(directory: string): PolicySources {
  const read = (path: string) => ({ path: nameOf(directory, path), text: readText(directory, path) });
  return { model: read(join(directory, "model.conf")), rows: csvFiles(directory).map(read) };
}

/** `groups.yaml` of the directory; undefined where there is none. */
export function readGroupsFile(directory: string): PolicyFile | undefined {
  const path = join(directory, "groups.yaml");
  return existsSync(path) ? { path: nameOf(directory, path), text: readText(directory, path) } : undefined;
}

/** Bytes that are not UTF-8 are a finding: replaced silently, they would change names. */
function readText(directory: string, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch (error) {
    if (!hasCode(error, "ERR_ENCODING_INVALID_ENCODED_DATA")) throw error;
    const place = { file: nameOf(directory, path), line: 1, column: 1 };
    const message = "the file is not UTF-8 text";
    throw new PolicyError([{ rule: "not-utf8", ...place, message, fix: "save it as UTF-8" }]);
  }
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}

/** Every `*.csv` below the directory, sorted, as absolute paths. */
export function csvFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".csv"))
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isFile())
    .sort();
}

function nameOf(directory: string, path: string): string {
  return relative(resolve(directory, ".."), path).split(sep).join("/");
}

/** What tells one state of the directory from another, and when it last changed (milliseconds of the epoch). */
export function stateOf(directory: string): { readonly stamp: string; readonly changedAt: number } {
  // The last two do not decide, but a mistake in them keeps an edit of the others from being taken.
  const judged = ["groups.yaml", "lint.json"]
    .map((name) => join(directory, name))
    .filter((path) => existsSync(path));
  const paths = [join(directory, "model.conf"), ...csvFiles(directory), ...judged];
  const stats = paths.map((path) => statSync(path));
  return {
    stamp: paths.map((path, index) => `${path} ${stats[index]?.mtimeMs} ${stats[index]?.size}`).join("\n"),
    changedAt: Math.max(...stats.map(({ mtimeMs }) => mtimeMs)),
  };
}
