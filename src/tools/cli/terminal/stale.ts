import { readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

/** What a service edits every day, and no command is made of. */
const OF_THE_SERVICE = ["sample", "handlers"];

/**
 * In a checkout, what to say when the command was built before the last edit of its sources: it would answer
 * for code that is not there any more. Undefined where it is current, or where there are no sources.
 *
 * @param program the path that Node was given, maybe a link to it
 */
export function stalenessOf(program: string | undefined): string | undefined {
  try {
    const path = realpathSync(program ?? "");
    const built = statSync(path).mtimeMs;
    const sources = join(dirname(path), "..", "src");
    const newer = readdirSync(sources).some(
      (room) => !OF_THE_SERVICE.includes(room) && isNewer(join(sources, room), built),
    );
    return newer ? "claimgate was built before the last change in src; npm run prepare builds it" : undefined;
  } catch {
    // Not a checkout.
    return undefined;
  }
}

/** Whether a file, or one below a directory, was changed after a time (milliseconds of the epoch). */
function isNewer(path: string, time: number): boolean {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs > time;
  return readdirSync(path).some((name) => isNewer(join(path, name), time));
}
