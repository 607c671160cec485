import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { systemCodeOf } from "../../errors.ts";

/** A file that says which process uses a directory. */
export interface ProcessLock {
  release(): void;
}

/**
 * Takes a lock for this process. One of a process that ended is taken over.
 *
 * @param file in a directory that exists
 * @returns the lock, or the process that has it
 * @throws Error of node:fs where the file cannot be written
 */
export function takeLock(file: string): ProcessLock | { readonly heldBy: number } {
  const mine = String(process.pid);
  const lock = { release: () => rmSync(file, { force: true }) };
  try {
    writeFileSync(file, mine, { flag: "wx" });
    return lock;
  } catch (error) {
    if (systemCodeOf(error) !== "EEXIST") throw error;
  }
  const other = Number(readFileSync(file, "utf8"));
  if (Number.isSafeInteger(other) && other > 0 && other !== process.pid && isAlive(other)) {
    return { heldBy: other };
  }
  // Left over from a run that could not clean up.
  writeFileSync(file, mine);
  return lock;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCodeOf(error) === "EPERM";
  }
}
