import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, relative, resolve, sep } from "node:path";
import { systemCodeOf } from "../errors.ts";
import type { PolicyFile, PolicySources } from "../policy/compile.ts";
import { type Finding, PolicyError } from "../policy/finding.ts";

/** Where the policy is looked for: `CLAIMGATE_POLICIES`, by default `policies`. */
export function policiesDirectory(env: Readonly<Record<string, string | undefined>>): string {
  return resolve(env["CLAIMGATE_POLICIES"] ?? "policies");
}

/**
 * Reads `model.conf` and every `*.csv` below the directory; paths are named from the directory's parent.
 *
 * @throws PolicyError with a finding for each file that is there and cannot be read, or is missing; what the file
 *   system throws where the directory itself is not there
 */
export function readPolicyDirectory(directory: string): PolicySources {
  const names = namesBelow(directory);
  const findings = misnamedFiles(directory, names);
  const read = (path: string): PolicyFile => {
    try {
      return { path: nameOf(directory, path), text: readText(directory, path) };
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      findings.push(...error.findings);
      return { path: nameOf(directory, path), text: "" };
    }
  };
  const sources = { model: read(join(directory, "model.conf")), rows: csvAmong(directory, names).map(read) };
  if (findings.length > 0) throw new PolicyError(findings);
  return sources;
}

/** `groups.yaml` of the directory; undefined where there is none. */
export function readGroupsFile(directory: string): PolicyFile | undefined {
  const path = join(directory, "groups.yaml");
  return existsSync(path) ? { path: nameOf(directory, path), text: readText(directory, path) } : undefined;
}

/** Names that somebody meant to end in `.csv`: their rows would be missing without a word. */
const MEANT_AS_CSV = /\.(?:csv|cvs|tsv|csv\.txt)$/i;

function misnamedFiles(directory: string, names: readonly string[]): Finding[] {
  return names
    .filter((name) => MEANT_AS_CSV.test(name) && !name.endsWith(".csv"))
    .sort()
    .map((name) => ({
      rule: "file-unreadable",
      file: nameOf(directory, join(directory, name)),
      line: 1,
      column: 1,
      message: "nothing reads this file: only names that end in `.csv` are read",
      fix: `name it \`${basename(name).replace(MEANT_AS_CSV, ".csv")}\`, or move it out of the directory`,
    }));
}

/** Why a file cannot be read, by the code of the file system. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: "it may not be read",
  EISDIR: "it is a directory",
  ELOOP: "it is a link to itself",
  ENOENT: "there is no such file",
  EPERM: "it may not be read",
};

/** Bytes that are not UTF-8 are a finding: replaced silently, they would change names. */
function readText(directory: string, path: string): string {
  const place = { file: nameOf(directory, path), line: 1, column: 1 };
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") {
      const message = "the file is not UTF-8 text";
      throw new PolicyError([{ rule: "not-utf8", ...place, message, fix: "save it as UTF-8" }]);
    }
    if (code === undefined) throw error;
    const message = `the file cannot be read: ${REASONS[code] ?? code}`;
    throw new PolicyError([{ rule: "file-unreadable", ...place, message, fix: unreadableFix(path) }]);
  }
}

function unreadableFix(path: string): string {
  return basename(path) === "model.conf"
    ? "copy it from the package, where it is policies/model.conf; it belongs to the version of claimgate"
    : "every name that ends in .csv has to be a file with rows; delete it, or give it another name";
}

/** Every `*.csv` below the directory, sorted, as absolute paths; also what is no file, for whoever reads it to say so. */
export function csvFiles(directory: string): string[] {
  return csvAmong(directory, namesBelow(directory));
}

function csvAmong(directory: string, names: readonly string[]): string[] {
  return names
    .filter((name) => name.endsWith(".csv"))
    .map((name) => join(directory, name))
    .sort();
}

function namesBelow(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" });
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
  // A link may lead nowhere.
  const stats = paths.map((path) => statSync(path, { throwIfNoEntry: false }));
  return {
    stamp: paths.map((path, index) => `${path} ${stats[index]?.mtimeMs} ${stats[index]?.size}`).join("\n"),
    changedAt: Math.max(...stats.map((stat) => stat?.mtimeMs ?? 0)),
  };
}
