import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemCodeOf } from "../../../errors.ts";
import { objectOf } from "../../../json.ts";
import { archiveFile } from "../../archives/archive.ts";
import { FUNCTION_NAMES } from "../../archives/functions.ts";
import { CommandError } from "../../machine/command-error.ts";
import { whyNotRead, whyNotWritten } from "../../machine/file-reason.ts";

export const MANIFEST = "manifest.json";

/** The names of all files that the command ever writes. */
const OWN: ReadonlySet<string> = new Set([MANIFEST, ...FUNCTION_NAMES.map(archiveFile)]);

/** File name -> content. */
export type OutputFiles = ReadonlyMap<string, Uint8Array>;

/** Why the directory differs from the files, as a clause; undefined if it does not. */
export function directoryStaleness(path: string, files: OutputFiles): string | undefined {
  let existing: readonly string[];
  try {
    existing = readdirSync(path);
  } catch (error) {
    if (systemCodeOf(error) === "ENOENT") return "it does not exist";
    return `it cannot be read: ${whyNotRead(error)}`;
  }
  const before = policyVersionOf(path);
  const now = policyVersionIn(files.get(MANIFEST));
  if (before !== undefined && before !== now) return `it has policy version ${before}, the policy is ${now}`;
  const differs = [...files].find(([name, content]) => !isSame(join(path, name), content));
  if (differs !== undefined) {
    const [name] = differs;
    return existing.includes(name) ? `${name} differs` : `${name} is missing`;
  }
  const surplus = existing.find((name) => OWN.has(name) && !files.has(name));
  return surplus === undefined ? undefined : `${surplus} is not one of the functions`;
}

/**
 * Writes the files, the manifest last, and removes archives of a former run that are no longer wanted.
 *
 * @param name the directory as the user spelled it
 * @throws CommandError `file_not_written` if it has other files, or cannot be written
 */
export function writeDirectory(path: string, name: string, files: OutputFiles): void {
  try {
    mkdirSync(path, { recursive: true });
    const existing = readdirSync(path);
    refuseForeign(path, name, existing);
    for (const one of existing) if (!files.has(one)) rmSync(join(path, one));
    const last = (file: string) => Number(file === MANIFEST);
    for (const [file, content] of [...files].sort(([a], [b]) => last(a) - last(b))) {
      writeFileSync(join(path, file), content);
    }
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    throw new CommandError("file_not_written", `${name} could not be written: ${whyNotWritten(cause)}`, {
      cause,
      fix: "give another directory with `-o`",
    });
  }
}

function refuseForeign(path: string, name: string, existing: readonly string[]): void {
  const foreign = existing.find((one) => !OWN.has(one));
  if (foreign !== undefined) {
    throw new CommandError(
      "file_not_written",
      `${name} is not empty, and \`${foreign}\` is not a file of \`claimgate bundle\`; nothing was written`,
      { fix: "give a directory of its own with `-o`" },
    );
  }
  if (existing.length === 0 || policyVersionOf(path) !== undefined) return;
  throw new CommandError(
    "file_not_written",
    `${name} is not empty and has no ${MANIFEST} of \`claimgate bundle\`; nothing was written`,
    { fix: "give a directory of its own with `-o`, or delete its archives" },
  );
}

/** The policy version of a manifest of claimgate; undefined if the directory has none. */
function policyVersionOf(path: string): string | undefined {
  try {
    return policyVersionIn(readFileSync(join(path, MANIFEST)));
  } catch {
    return undefined;
  }
}

function policyVersionIn(manifest: Uint8Array | undefined): string | undefined {
  if (manifest === undefined) return undefined;
  try {
    const { manifestVersion, policyVersion } = objectOf(JSON.parse(new TextDecoder().decode(manifest)));
    return typeof manifestVersion === "number" && typeof policyVersion === "string"
      ? policyVersion
      : undefined;
  } catch {
    return undefined;
  }
}

function isSame(path: string, content: Uint8Array): boolean {
  try {
    return readFileSync(path).equals(content);
  } catch {
    return false;
  }
}
