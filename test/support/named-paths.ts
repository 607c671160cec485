import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Folders at the root that are git, or not in git. */
const SKIPPED = new Set([
  "node_modules",
  ".git",
  "dist",
  ".local",
  "demo",
  ".serverless",
  ".esbuild",
  ".rehearsal",
  ".mutation",
]);
const TOP = new Set(readdirSync(".").filter((name) => !SKIPPED.has(name)));
const FILE_NAME = /^[\w.*-]+(?:\/[\w.*-]+)*\.(?:cjs|conf|csv|js|json|md|mjs|svg|ts|yaml|yml)$/;

/**
 * The paths of this repository that a page names in backticks: `src/policy`, `docs/rules/NAME.md`, and names of files,
 * `outcome.ts`. A word in capitals can be any name, and `*` too. A line number is left out.
 */
export function pathsNamedIn(text: string): readonly string[] {
  const quoted = Array.from(text.matchAll(/`([^`\s]+)`/g), ([, code = ""]) =>
    code.replace(/(?::\d+)+$/, "").replace(/\/$/, ""),
  );
  const isPath = (code: string) => {
    const [first = ""] = code.split("/");
    if (SKIPPED.has(first) || first === "..") return false;
    return FILE_NAME.test(code) || (code.includes("/") && TOP.has(first));
  };
  return [...new Set(quoted.filter(isPath))];
}

/** Those of the paths that nothing in the checkout is called. A path may leave out the folders before it. */
export function missingOf(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => {
    const pattern = path
      .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
      .replace(/[A-Z]{3,}(?![A-Za-z.])|\bNAME\b/g, "[^/]+")
      .replaceAll("*", "[^/]*");
    const wanted = new RegExp(TOP.has(path.split("/")[0] ?? "") ? `^${pattern}$` : `(?:^|/)${pattern}$`);
    return !EVERYTHING.some((one) => wanted.test(one));
  });
}

/** Every file and folder of the checkout, relative to it. */
const EVERYTHING = everything(".");

function everything(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if ((folder === "." && SKIPPED.has(entry.name)) || entry.name === "node_modules") return [];
    const path = join(folder, entry.name);
    // Other checkouts and other releases of Node.
    if (path === join(".ci", "cache")) return [];
    return entry.isDirectory() ? [path, ...everything(path)] : [path];
  });
}
