import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { linesOf } from "../../analysis/place.ts";

/** A file as findings name it (`policies/roles.csv`) -> its lines. What cannot be read is not there. */
export function readLines(directory: string): ReadonlyMap<string, readonly string[]> {
  const lines = new Map<string, readonly string[]>();
  for (const entry of readdirSync(directory, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !/\.(csv|conf|ya?ml|json)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const shown = `${basename(directory)}/${path.slice(directory.length + 1).replaceAll("\\", "/")}`;
    try {
      lines.set(shown, linesOf(readFileSync(path, "utf8")));
    } catch {
      // The finding stands without its line.
    }
  }
  return lines;
}
