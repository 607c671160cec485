import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/**
 * The files that a pattern means, sorted: itself where there is such a file, all tests of a directory, or those of a
 * directory whose names fit, with `*` for any text. Shells expand the rest.
 */
export function matchingFiles(directory: string, pattern: string): readonly string[] {
  const path = resolve(directory, pattern);
  if (existsSync(path)) {
    return statSync(path).isDirectory() ? matchingFiles(directory, join(pattern, "*.test.yaml")) : [pattern];
  }
  const folder = dirname(path);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  const escaped = basename(pattern).replace(/[.+^${}()|[\]\\?]/g, "\\$&");
  const fits = new RegExp(`^${escaped.replaceAll("*", "[^/]*")}$`);
  return readdirSync(folder)
    .filter((name) => fits.test(name))
    .sort()
    .map((name) => join(dirname(pattern), name));
}
