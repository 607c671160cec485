import { readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

/** Sources that a service edits daily and no command contains. */
const OF_THE_SERVICE = ["sample", "handlers"];

/**
 * A warning if a checkout's command was built before the last edit of its sources, so that it would run old code.
 * Undefined if it is current, or if there are no sources.
 *
 * @param program the path given to Node, possibly a link
 */
export function stalenessOf(program: string | undefined): string | undefined {
  try {
    const path = realpathSync(program ?? "");
    const built = statSync(path).mtimeMs;
    const sources = join(dirname(path), "..", "src");
    const newer = readdirSync(sources).some(
      (room) => !OF_THE_SERVICE.includes(room) && isNewer(join(sources, room), built),
    );
    return newer
      ? "claimgate was built before the last change in src; run `npm run prepare` to build it"
      : undefined;
  } catch {
    // Not a checkout.
    return undefined;
  }
}

/** Whether a file, or one below a directory, changed after a time (milliseconds since the epoch). */
function isNewer(path: string, time: number): boolean {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs > time;
  return readdirSync(path).some((name) => isNewer(join(path, name), time));
}
