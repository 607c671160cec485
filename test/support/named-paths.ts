import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Folders that are not in git, or are git. */
const SKIPPED = new Set(["node_modules", ".git", "dist"]);
const TOP = readdirSync(".").filter((name) => !SKIPPED.has(name));

/**
 * The paths of this repository that a page names in backticks: `src/policy`, `docs/rules/NAME.md`. A word in capitals
 * can be any name.
 */
export function pathsNamedIn(text: string): readonly string[] {
  const quoted = Array.from(text.matchAll(/`([^`\s]+)`/g), ([, code = ""]) => code.replace(/\/$/, ""));
  const paths = quoted.filter((code) => code.includes("/") && TOP.includes(code.split("/")[0] ?? ""));
  return [...new Set(paths)];
}

/** Those of the paths that nothing in the checkout is called. */
export function missingOf(paths: readonly string[]): readonly string[] {
  const there = everything(".");
  return paths.filter((path) => {
    const pattern = path
      .replace(/[.+*?^${}()|[\]\\]/g, "\\$&")
      .replace(/[A-Z]{3,}(?![a-z.])|\bNAME\b/g, "[^/]+");
    const wanted = new RegExp(`^${pattern}$`);
    return !there.some((one) => wanted.test(one));
  });
}

/** Every file and folder of the checkout, relative to it. */
function everything(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? [path, ...everything(path)] : [path];
  });
}
