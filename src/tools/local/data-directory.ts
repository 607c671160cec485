import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { whyNotWritten } from "../machine/file-reason.ts";
import { hasCode } from "./error-code.ts";
import { StartError } from "./start-error.ts";

/** The paths in the data directory. */
export interface DataDirectory {
  readonly root: string;
  /** Users, groups and app clients. */
  readonly pool: string;
  /** The signing key. It survives a reset, so that tokens signed with it stay valid. */
  readonly keys: string;
  readonly orders: string;
  readonly package: string;
  /** The last good policy of this run. */
  readonly policy: string;
  readonly functionsLog: string;
  /** Releases the directory for the next start. */
  release(): void;
}

/**
 * Locks the data directory for this process, and creates it if it is missing.
 *
 * @throws StartError if it cannot be written, or if another run uses it: two would overwrite each other's users
 */
export function takeDataDirectory(directory: string, reset: boolean): DataDirectory {
  const root = resolve(directory);
  const lock = join(root, "running.pid");
  try {
    mkdirSync(root, { recursive: true });
    takeLock(lock, directory);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(
      `the data directory \`${directory}\` cannot be used: ${whyNotWritten(error)}; choose another with --data`,
    );
  }
  const places = {
    root,
    pool: join(root, "cognito"),
    keys: join(root, "keys"),
    orders: join(root, "orders.json"),
    package: join(root, "package"),
    policy: join(root, "last-good-policy.json"),
    functionsLog: join(root, "functions.log"),
  };
  if (reset) {
    for (const place of [places.pool, places.orders, places.package, places.functionsLog]) {
      rmSync(place, { recursive: true, force: true });
    }
  }
  return { ...places, release: () => rmSync(lock, { force: true }) };
}

function takeLock(lock: string, directory: string): void {
  const mine = String(process.pid);
  try {
    writeFileSync(lock, mine, { flag: "wx" });
    return;
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  }
  const other = Number(readFileSync(lock, "utf8"));
  if (Number.isSafeInteger(other) && other > 0 && other !== process.pid && isAlive(other)) {
    throw new StartError(
      `a local stack is already running on \`${directory}\` (process ${other}); stop it, or choose another directory with --data`,
    );
  }
  // Left over from a run that could not clean up.
  writeFileSync(lock, mine);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}
