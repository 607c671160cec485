import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, statSync } from "node:fs";
import { basename, join, relative, resolve, sep } from "node:path";
import { ConfigurationError, systemCodeOf } from "../../errors.ts";
import type { PolicyFile, PolicySources } from "../../policy/compile.ts";
import { type Finding, PolicyError } from "../../policy/finding.ts";
import {
  kindOf,
  listPolicyDirectory,
  oncePerFile,
  type PolicyListing,
  REASONS,
  type RefusedEntry,
} from "./policy-listing.ts";

/**
 * Where the policy is looked for: `CLAIMGATE_POLICIES`, by default `policies`.
 * @throws ConfigurationError where it is set to nothing, which would be the working directory
 */
export function policiesDirectory(env: Readonly<Record<string, string | undefined>>): string {
  const directory = env["CLAIMGATE_POLICIES"] ?? "policies";
  if (directory.trim() === "") {
    throw new ConfigurationError("CLAIMGATE_POLICIES is empty; expected a directory, or do not set it");
  }
  return resolve(directory);
}

/** A policy directory, and from where its files are named. */
export interface PolicyPlace {
  readonly directory: string;
  /** E.g. the working directory, for a person. */
  readonly namedFrom: string;
}

/** A directory alone names its files from its parent, `policies/roles.csv`: the same on every machine, as in logs. */
export function placeOf(at: string | PolicyPlace): PolicyPlace {
  return typeof at === "string" ? { directory: at, namedFrom: resolve(at, "..") } : at;
}

/** How findings name a file of the policy. */
export function nameOf({ namedFrom }: PolicyPlace, path: string): string {
  return relative(namedFrom, path).split(sep).join("/");
}

/** More than this is no policy; V8 has no longer strings. In bytes. */
const LARGEST = 2 ** 28;

/** Files of the directory that are read beside the rows. */
const MODEL = "model.conf";
const BESIDE = ["groups.yaml", "lint.json"];

/**
 * Reads `model.conf` and every `*.csv` below the directory, each once whatever its names are. docs/policies.md says
 * which names are read.
 *
 * @param shippedModel the text that is taken where the directory has no `model.conf`; without it that is a finding
 * @throws PolicyError with a finding for each file that is there and cannot be read, or is missing; what the file
 *   system throws where the directory itself is not there
 */
export function readPolicyDirectory(at: string | PolicyPlace, shippedModel?: string): PolicySources {
  const place = placeOf(at);
  const listing = listPolicyDirectory(place.directory);
  const findings = [...refusals(place, listing), ...misnamedFiles(place, listing)];
  const read = (path: string): PolicyFile => {
    try {
      return { path: nameOf(place, path), text: readText(place, path) };
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      findings.push(...error.findings);
      return { path: nameOf(place, path), text: "" };
    }
  };
  const sources = {
    model: modelOf(place, listing, shippedModel) ?? read(join(place.directory, MODEL)),
    rows: csvAmong(listing).map(read),
  };
  if (findings.length > 0) throw new PolicyError(findings);
  return sources;
}

/** The model where its file is not read: one that is refused, or a shipped one for a directory that has none. */
function modelOf(
  place: PolicyPlace,
  { refused }: PolicyListing,
  shippedModel: string | undefined,
): PolicyFile | undefined {
  const path = join(place.directory, MODEL);
  const name = nameOf(place, path);
  if (refused.some((one) => one.name === MODEL)) return { path: name, text: "" };
  const missing = lstatSync(path, { throwIfNoEntry: false }) === undefined;
  return missing && shippedModel !== undefined ? { path: name, text: shippedModel } : undefined;
}

/** `groups.yaml` of the directory; undefined where there is none. @throws PolicyError where it cannot be read */
export function readGroupsFile(at: string | PolicyPlace): PolicyFile | undefined {
  return readFileBeside(placeOf(at), "groups.yaml");
}

/** `lint.json` of the directory; undefined where there is none. @throws PolicyError where it cannot be read */
export function readLintFile(at: string | PolicyPlace): PolicyFile | undefined {
  return readFileBeside(placeOf(at), "lint.json");
}

function readFileBeside(place: PolicyPlace, name: string): PolicyFile | undefined {
  const { files, refused } = listPolicyDirectory(place.directory);
  const entry = refused.find((one) => one.name === name);
  if (entry !== undefined) throw new PolicyError([refusal(place, entry)]);
  const file = files.find((one) => one.name === name);
  return file && { path: nameOf(place, file.path), text: readText(place, file.path) };
}

/** The text of every file of the policy that findings may point into, by the path that they give. */
export function policyTexts(at: string | PolicyPlace): ReadonlyMap<string, string> {
  const place = placeOf(at);
  const texts = new Map<string, string>();
  for (const { name, path } of listPolicyDirectory(place.directory).files) {
    if (!/\.(csv|conf|ya?ml|json)$/.test(name)) continue;
    try {
      texts.set(nameOf(place, path), readText(place, path));
    } catch (error) {
      // The finding says so.
      if (!(error instanceof PolicyError)) throw error;
    }
  }
  return texts;
}

/** Names that somebody meant to end in `.csv`: their rows would be missing without a word. */
const MEANT_AS_CSV = /\.(?:csv|cvs|tsv|csv\.txt)$/i;

function misnamedFiles(place: PolicyPlace, { files, refused }: PolicyListing): Finding[] {
  return [...files, ...refused]
    .map(({ name }) => name)
    .filter((name) => MEANT_AS_CSV.test(name) && !name.endsWith(".csv"))
    .sort()
    .map((name) => ({
      rule: "file-unreadable",
      file: nameOf(place, join(place.directory, name)),
      line: 1,
      column: 1,
      message: "nothing reads this file: only names that end in `.csv` are read",
      fix: `name it \`${basename(name).replace(MEANT_AS_CSV, ".csv")}\`, or move it out of the directory`,
    }));
}

/** Of what cannot be read that which would have been: rows, what decides with them, and whole directories. */
function refusals(place: PolicyPlace, { refused }: PolicyListing): Finding[] {
  return refused
    .filter(({ name, directory: below }) => below || name.endsWith(".csv") || name === MODEL)
    .map((entry) => refusal(place, entry));
}

function refusal(place: PolicyPlace, { name, why, fix }: RefusedEntry): Finding {
  return {
    rule: "file-unreadable",
    file: nameOf(place, join(place.directory, name)),
    line: 1,
    column: 1,
    message: `the file cannot be read: ${why}`,
    fix: fix ?? unreadableFix(name),
  };
}

/**
 * The text of a file. What is no file is not waited for, also where it took the place of one since it was listed.
 * Bytes that are not UTF-8 are a finding: replaced silently, they would change names.
 */
function readText(place: PolicyPlace, path: string): string {
  const at = { rule: "file-unreadable", file: nameOf(place, path), line: 1, column: 1 };
  try {
    const bytes = readBytes(path);
    if (typeof bytes === "string") {
      throw new PolicyError([
        { ...at, message: `the file cannot be read: ${bytes}`, fix: unreadableFix(path) },
      ]);
    }
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof PolicyError) throw error;
    const code = systemCodeOf(error);
    if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") {
      const message = "the file is not UTF-8 text";
      throw new PolicyError([{ ...at, rule: "not-utf8", message, fix: "save it as UTF-8" }]);
    }
    if (code === undefined) throw error;
    const message = `the file cannot be read: ${REASONS[code] ?? code}`;
    throw new PolicyError([{ ...at, message, fix: unreadableFix(path) }]);
  }
}

/** The bytes of a file, or why there are none. */
function readBytes(path: string): Buffer | string {
  // Opened so, a pipe without a writer does not wait for one.
  const fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(fd);
    if (stat.isDirectory()) return REASONS["EISDIR"] ?? "";
    if (!stat.isFile()) return kindOf(stat);
    return stat.size > LARGEST ? "it is larger than 256 MiB" : readFileSync(fd);
  } finally {
    closeSync(fd);
  }
}

function unreadableFix(path: string): string {
  switch (basename(path)) {
    case MODEL:
      return "copy it from the package, where it is policies/model.conf; it belongs to the version of claimgate";
    case "groups.yaml":
    case "lint.json":
      return "replace it with a file";
    default:
      return path.endsWith(".csv")
        ? "every name that ends in .csv has to be a file with rows; delete it, or give it another name"
        : "let it be read, or delete it";
  }
}

/** Every `*.csv` below the directory that can be read, once, sorted, as absolute paths. */
export function csvFiles(directory: string): string[] {
  return csvAmong(listPolicyDirectory(directory));
}

function csvAmong({ files }: PolicyListing): string[] {
  return oncePerFile(files.filter(({ name }) => name.endsWith(".csv"))).map(({ path }) => path);
}

/** What tells one state of the directory from another, and when it last changed (milliseconds of the epoch). */
export function stateOf(directory: string): { readonly stamp: string; readonly changedAt: number } {
  const listing = listPolicyDirectory(directory);
  // The last two do not decide, but a mistake in them keeps an edit of the others from being taken.
  const judged = BESIDE.map((name) => join(directory, name));
  const paths = [join(directory, MODEL), ...csvAmong(listing), ...judged];
  // A file may go at any moment.
  const stats = paths.map((path) => statSync(path, { throwIfNoEntry: false }));
  const files = paths.map((path, index) => `${path} ${stats[index]?.mtimeMs} ${stats[index]?.size}`);
  const refused = listing.refused.map(({ name, why }) => `${name} ${why}`);
  return {
    stamp: [...files, ...refused].join("\n"),
    changedAt: Math.max(...stats.map((stat) => stat?.mtimeMs ?? 0)),
  };
}
