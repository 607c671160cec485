import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { JsonObject } from "../../../json.ts";
import { updateRequestOf } from "../../deployment/pool-update/pool-settings.ts";
import { CommandError } from "../../machine/command-error.ts";
import { whyNotWritten } from "../../machine/file-reason.ts";

/**
 * Writes the settings of a pool as they are: as AWS describes them, and as the request that puts them back. Only
 * the owner of the file may read it. A file that exists is kept.
 *
 * @param asked where to; undefined: a new file in `.claimgate/`
 * @returns its path, from the directory
 * @throws CommandError where it cannot be written
 */
export function writeBackup(
  directory: string,
  asked: string | undefined,
  pool: JsonObject,
  mfa: JsonObject,
  now: Date,
): string {
  // A colon cannot be in a file name everywhere.
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
      fix: "nothing was changed; give another file with --backup",
    });
  }
  return relative(directory, path);
}
