import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, statSync } from "node:fs";
import { basename, join, relative, resolve, sep } from "node:path";
import { ConfigurationError, systemCodeOf } from "../../errors.ts";
import type { PolicyFile, PolicySources } from "../../policy/compile.ts";
import { type Finding, PolicyError } from "../../policy/finding.ts";
import { DIRECTORY, whyNotRead } from "./file-reason.ts";
import {
  hasIgnoredName,
  kindOf,
  listPolicyDirectory,
  oncePerFile,
  type PolicyListing,
  type RefusedEntry,
} from "./policy-listing.ts";
import { shippedModel } from "./shipped-model.ts";

/**
 * The directory of the policy: `CLAIMGATE_POLICIES`, by default `policies`.
 * @throws ConfigurationError if it is empty, which would mean the working directory
 */
export function policiesDirectory(env: Readonly<Record<string, string | undefined>>): string {
  const directory = env["CLAIMGATE_POLICIES"] ?? "policies";
  if (directory.trim() === "") {
    throw new ConfigurationError(
      "environment variable `CLAIMGATE_POLICIES` is empty; give a directory, or unset it",
    );
  }
  return resolve(directory);
}

/** A policy directory, and the base of its files' names. */
export interface PolicyPlace {
  readonly directory: string;
  /** E.g. the working directory, for messages. */
  readonly namedFrom: string;
  /** Path -> the text in an editor, which counts instead of that of the file. */
  readonly unsaved?: ReadonlyMap<string, string>;
}

/** By default files are named relative to the parent, `policies/roles.csv`: the same on every machine, as in logs. */
export function placeOf(at: string | PolicyPlace): PolicyPlace {
  return typeof at === "string" ? { directory: at, namedFrom: resolve(at, "..") } : at;
}

/** The name of a policy file in findings. */
export function nameOf({ namedFrom }: PolicyPlace, path: string): string {
  return relative(namedFrom, path).split(sep).join("/");
}

/** The largest policy file in bytes, the limit of V8's strings. */
const LARGEST = 2 ** 28;

/** Files of the directory that are read besides the rows. */
const MODEL = "model.conf";
const BESIDE = ["groups.yaml", "lint.json", "front-end.yaml"];

/**
 * Reads `model.conf` and every `*.csv` below the directory, each once even with several names. docs/policies.md lists
 * the names. Without a `model.conf` the model is the one of this version.
 *
 * @throws PolicyError with a finding for each unreadable file; an error of the file system if the directory is missing
 */
export function readPolicyDirectory(at: string | PolicyPlace): PolicySources {
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
    model: modelOf(place, listing) ?? read(join(place.directory, MODEL)),
    rows: [...csvAmong(listing), ...newCsvFiles(place, listing)].map(read),
  };
  if (findings.length > 0) throw new PolicyError(findings);
  return sources;
}

/** Files in an editor that were never saved. */
function newCsvFiles({ directory, unsaved }: PolicyPlace, { files, refused }: PolicyListing): string[] {
  const listed = new Set([...files, ...refused].map(({ name }) => name));
  return [...(unsaved?.keys() ?? [])].filter((path) => {
    const name = relative(directory, path).split(sep).join("/");
    return name.endsWith(".csv") && !name.startsWith("../") && !listed.has(name) && !hasIgnoredName(name);
  });
}

/** The model if its file is not read: a refused one, or the shipped one for a directory without one. */
function modelOf(place: PolicyPlace, { refused }: PolicyListing): PolicyFile | undefined {
  const path = join(place.directory, MODEL);
  if (refused.some((one) => one.name === MODEL)) return { path: nameOf(place, path), text: "" };
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) return undefined;
  // A finding must not name a file that does not exist.
  return { path: nameOf(place, place.directory) || ".", text: shippedModel() };
}

/** `groups.yaml` of the directory; undefined if there is none. @throws PolicyError if it cannot be read */
export function readGroupsFile(at: string | PolicyPlace): PolicyFile | undefined {
  return readFileBeside(placeOf(at), "groups.yaml");
}

/** `lint.json` of the directory; undefined if there is none. @throws PolicyError if it cannot be read */
export function readLintFile(at: string | PolicyPlace): PolicyFile | undefined {
  return readFileBeside(placeOf(at), "lint.json");
}

/** `front-end.yaml` of the directory; undefined if there is none. @throws PolicyError if it cannot be read */
export function readFrontEndFile(at: string | PolicyPlace): PolicyFile | undefined {
  return readFileBeside(placeOf(at), "front-end.yaml");
}

function readFileBeside(place: PolicyPlace, name: string): PolicyFile | undefined {
  const { files, refused } = listPolicyDirectory(place.directory);
  const entry = refused.find((one) => one.name === name);
  if (entry !== undefined) throw new PolicyError([refusal(place, entry)]);
  const file = files.find((one) => one.name === name);
  return file && { path: nameOf(place, file.path), text: readText(place, file.path) };
}

/** The content of every policy file that findings may name, by path. */
export function policyTexts(at: string | PolicyPlace): ReadonlyMap<string, string> {
  const place = placeOf(at);
  const texts = new Map<string, string>();
  for (const { name, path } of listPolicyDirectory(place.directory).files) {
    if (!/\.(csv|conf|ya?ml|json)$/.test(name)) continue;
    try {
      texts.set(nameOf(place, path), readText(place, path));
    } catch (error) {
      // A finding reports it.
      if (!(error instanceof PolicyError)) throw error;
    }
  }
  return texts;
}

/** Misspelled `.csv` names, whose rows would be missing silently. */
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
      message: "this file is not read: only names that end in `.csv` are",
      fix: `name it \`${basename(name).replace(MEANT_AS_CSV, ".csv")}\`, or move it out of the directory`,
    }));
}

/** The unreadable entries that would be read: rows, related files, and directories. */
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
 * The content of a file. Does not block on pipes and the like, even if one replaced a file since the listing. Bytes
 * that are not UTF-8 are a finding, since silent replacement would change names.
 */
function readText(place: PolicyPlace, path: string): string {
  const unsaved = place.unsaved?.get(path);
  if (unsaved !== undefined) return unsaved;
  const at = { rule: "file-unreadable", file: nameOf(place, path), line: 1, column: 1 };
  let bytes: Buffer | string = "";
  try {
    bytes = readBytes(path);
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
      const message = isUtf16(bytes) ? "the file is UTF-16, not UTF-8" : "the file is not UTF-8";
      throw new PolicyError([{ ...at, rule: "not-utf8", message, fix: "save it as UTF-8" }]);
    }
    if (code === undefined) throw error;
    const message = `the file cannot be read: ${whyNotRead(error)}`;
    throw new PolicyError([{ ...at, message, fix: unreadableFix(path, code) }]);
  }
}

/** By its byte order mark, as spreadsheets write it. */
function isUtf16(bytes: Buffer | string): boolean {
  return typeof bytes !== "string" && ["fffe", "feff"].includes(bytes.toString("hex", 0, 2));
}

/** The bytes of a file, or why it cannot be read. */
function readBytes(path: string): Buffer | string {
  // With this flag, opening a pipe without a writer does not block.
  const fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(fd);
    if (stat.isDirectory()) return DIRECTORY;
    if (!stat.isFile()) return kindOf(stat);
    return stat.size > LARGEST ? "it is larger than 256 MiB" : readFileSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** @param code of the error of the file system, if that is the reason */
export function unreadableFix(path: string, code?: string): string {
  if (code === "EACCES" || code === "EPERM") return "change its permissions, so that you may read it";
  switch (basename(path)) {
    case MODEL:
      return "delete it: without the file, the model of this version of claimgate applies";
    case "groups.yaml":
    case "lint.json":
    case "front-end.yaml":
      return "replace it with a file";
    default:
      return path.endsWith(".csv")
        ? "delete it, or rename it; names that end in `.csv` must be files with rows"
        : "allow reading it, or delete it";
  }
}

/** Every readable `*.csv` below the directory, without duplicates, sorted, as absolute paths. */
export function csvFiles(directory: string): string[] {
  return csvAmong(listPolicyDirectory(directory));
}

function csvAmong({ files }: PolicyListing): string[] {
  return oncePerFile(files.filter(({ name }) => name.endsWith(".csv"))).map(({ path }) => path);
}

/** A fingerprint of the directory's state, and when it last changed (milliseconds since the epoch). */
export function stateOf(directory: string): { readonly stamp: string; readonly changedAt: number } {
  const listing = listPolicyDirectory(directory);
  // The last two do not affect decisions, but an error in them prevents a reload.
  const judged = BESIDE.map((name) => join(directory, name));
  const paths = [join(directory, MODEL), ...csvAmong(listing), ...judged];
  // A file may disappear at any moment.
  const stats = paths.map((path) => statSync(path, { throwIfNoEntry: false }));
  const files = paths.map((path, index) => `${path} ${stats[index]?.mtimeMs} ${stats[index]?.size}`);
  const refused = listing.refused.map(({ name, why }) => `${name} ${why}`);
  return {
    stamp: [...files, ...refused].join("\n"),
    changedAt: Math.max(...stats.map((stat) => stat?.mtimeMs ?? 0)),
  };
}
