import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { JsonObject } from "../../../json.ts";
import { updateRequestOf } from "../../deployment/pool-update/pool-settings.ts";
import { CommandError } from "../../machine/command-error.ts";
import { whyNotWritten } from "../../machine/file-reason.ts";

/**
 * Writes the current settings of a pool: as AWS describes them, and as the request that restores them. Only the owner
 * of the file may read it. Existing files are kept.
 *
 * @param asked the path; undefined for a new file in `.claimgate/`
 * @returns its path, relative to the directory
 * @throws CommandError if it cannot be written
 */
export function writeBackup(
  directory: string,
  asked: string | undefined,
  pool: JsonObject,
  mfa: JsonObject,
  now: Date,
): string {
  // Not every file system allows a colon in a file name.
  const stamp = now.toISOString().replaceAll(":", "-");
  const path = resolve(directory, asked ?? join(".claimgate", `${String(pool["Id"])}-${stamp}.json`));
  const content = {
    takenAt: now.toISOString(),
    DescribeUserPool: { UserPool: pool },
    GetUserPoolMfaConfig: mfa,
    UpdateUserPool: updateRequestOf(pool),
  };
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`, { flag: "wx", mode: 0o600 });
  } catch (cause) {
    const why = whyNotWritten(cause);
    throw new CommandError("file_not_written", `the former settings could not be written: ${why}`, {
      cause,
      fix: "give another file with --backup; nothing was changed",
    });
  }
  return relative(directory, path);
}
