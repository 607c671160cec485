import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { systemCodeOf } from "../../errors.ts";

/** A file that says which process uses a directory. */
export interface ProcessLock {
  release(): void;
}

/** The process that has a lock. */
interface Held {
  readonly heldBy: number;
}

/**
 * Takes a lock for this process. One of a process that ended is taken over, by one process at a time: while several
 * start, a second lock next to the first decides who may replace it.
 *
 * @param file in a directory that exists
 * @returns the lock, or the process that has it
 * @throws Error of node:fs where the file cannot be written
 */
export function takeLock(file: string): ProcessLock | Held {
  const draft = `${file}.${randomUUID()}`;
  try {
    writeFileSync(draft, String(process.pid), { flag: "wx" });
    return take(file, draft);
  } finally {
    rmSync(draft, { force: true });
  }
}

function take(file: string, draft: string): ProcessLock | Held {
  const lock = { release: () => rmSync(file, { force: true }) };
  for (;;) {
    if (create(file, draft)) return lock;
    const other = holderOf(file);
    if (other === "nobody") continue;
    if (other !== "ended") return { heldBy: other };
    const guard = takeLock(`${file}.takeover`);
    if ("heldBy" in guard) return guard;
    try {
      // Another process may have taken it over before this one got here; from now on none can.
      if (holderOf(file) !== "ended") continue;
      renameSync(draft, file);
      return lock;
    } finally {
      guard.release();
    }
  }
}

/** Creates the lock with its content at once, so that nobody reads half of it. @returns false if there is one */
function create(file: string, draft: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (systemCodeOf(error) === "EEXIST") return false;
  }
  try {
    // The file system has no hard links.
    writeFileSync(file, readFileSync(draft), { flag: "wx" });
    return true;
  } catch (error) {
    if (systemCodeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** The process that has a lock; `ended` if it could not release it, `nobody` if there is no lock any more. */
function holderOf(file: string): number | "ended" | "nobody" {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (systemCodeOf(error) === "ENOENT") return "nobody";
    throw error;
  }
  const pid = Number(text);
  const isOther = Number.isSafeInteger(pid) && pid > 0 && pid !== process.pid;
  return isOther && isAlive(pid) ? pid : "ended";
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCodeOf(error) === "EPERM";
  }
}
