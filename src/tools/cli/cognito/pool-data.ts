import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { CommandError } from "../../machine/command-error.ts";
import { whyNotWritten } from "../../machine/file-reason.ts";
import { type ProcessLock, takeLock } from "../../machine/process-lock.ts";

/** Where the records of a pool are kept. */
export interface PoolData extends ProcessLock {
  /** undefined: in memory. */
  readonly file: string | undefined;
}

/**
 * Takes the directory for this process: two would overwrite each other's users.
 *
 * @param data undefined: in memory
 * @throws CommandError `file_not_written`
 */
export function takePoolData(directory: string, data: string | undefined, reset: boolean): PoolData {
  if (data === undefined) return { file: undefined, release: () => undefined };
  const root = resolve(directory, data);
  const lock = lockOf(root, data);
  if (!("release" in lock)) {
    throw new CommandError(
      "file_not_written",
      `another user pool runs on \`${data}\` (process ${lock.heldBy})`,
      {
        fix: "stop it, or choose another directory with `--data`",
      },
    );
  }
  const file = join(root, "user-pool.jsonl");
  if (reset) rmSync(file, { recursive: true, force: true });
  return { ...lock, file };
}

function lockOf(root: string, data: string): ReturnType<typeof takeLock> {
  try {
    mkdirSync(root, { recursive: true, mode: 0o700 });
    return takeLock(join(root, "running.pid"));
  } catch (cause) {
    throw new CommandError("file_not_written", `\`${data}\` cannot be used: ${whyNotWritten(cause)}`, {
      cause,
      fix: "choose another directory with `--data`",
    });
  }
}
