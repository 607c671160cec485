import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { whyNotWritten } from "../machine/file-reason.ts";
import { type ProcessLock, takeLock } from "../machine/process-lock.ts";
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
  const lock = lockOf(root, directory);
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
  return { ...places, release: () => lock.release() };
}

/**
 * The files of the pool before this one, which kept users with their passwords in clear. Nothing reads them any more;
 * only the user may decide to delete them.
 */
export function formerPoolFiles({ pool }: Pick<DataDirectory, "pool">): readonly string[] {
  if (!existsSync(pool)) return [];
  return readdirSync(pool)
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(pool, name));
}

function lockOf(root: string, directory: string): ProcessLock {
  const lock = locked(root, directory);
  if ("release" in lock) return lock;
  throw new StartError(
    `a local stack is already running on \`${directory}\` (process ${lock.heldBy}); stop it, or choose another directory with --data`,
  );
}

function locked(root: string, directory: string): ReturnType<typeof takeLock> {
  try {
    mkdirSync(root, { recursive: true });
    return takeLock(join(root, "running.pid"));
  } catch (error) {
    throw new StartError(
      `the data directory \`${directory}\` cannot be used: ${whyNotWritten(error)}; choose another with --data`,
    );
  }
}
