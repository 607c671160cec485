import { readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

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
    const newer = readdirSync(sources, { recursive: true, withFileTypes: true }).some(
      (entry) => entry.isFile() && statSync(`${entry.parentPath}/${entry.name}`).mtimeMs > built,
    );
    return newer ? "claimgate was built before the last change in src; npm run prepare builds it" : undefined;
  } catch {
    // Not a checkout.
    return undefined;
  }
}
