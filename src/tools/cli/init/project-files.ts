import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { jsonIn, objectOf, textOf } from "../../../json.ts";
import { claimReads } from "../../adopt/claim-reads.ts";
import type { Project } from "../../adopt/handler-files.ts";
import type { ResolvedService } from "../../service/resolved-service.ts";

/** How the functions of a service are written and built, from its files. */
export function projectIn(
  directory: string,
  { plugins, selectsFiles, source }: ResolvedService,
  version: string,
): Project {
  const runtime = textOf(source.provider["runtime"]);
  return {
    language: languageIn(directory),
    selectsFiles,
    buildsWithEsbuild: plugins.includes("serverless-esbuild"),
    // Version 3 of the framework knows no later one.
    runtime:
      runtime?.startsWith("nodejs") === false
        ? version.startsWith("3.")
          ? "nodejs20.x"
          : "nodejs22.x"
        : undefined,
  };
}

function languageIn(directory: string): Project["language"] {
  if (existsSync(join(directory, "tsconfig.json"))) return "ts";
  return packageIn(directory)["type"] === "module" ? "esm" : "cjs";
}

/** Whether package.json lists a package. */
export function listsPackage(directory: string, name: string): boolean {
  const { dependencies, devDependencies } = packageIn(directory);
  return name in { ...objectOf(dependencies), ...objectOf(devDependencies) };
}

function packageIn(directory: string) {
  const path = join(directory, "package.json");
  return objectOf(existsSync(path) ? jsonIn(readFileSync(path, "utf8")) : undefined);
}

const SOURCE = /\.(?:[cm]?[jt]sx?|py|go|rb|java|kt|cs)$/;
const SKIPPED = new Set(["node_modules", "dist", "build", "out", "coverage", "vendor", "vendored"]);
const LARGEST = 1_000_000;

/** Where functions read claims that claimgate does not add: `src/orders.js:17`. */
export function backendsReadingClaims(directory: string): readonly string[] {
  return sourcesIn(directory, "").flatMap((path) => {
    const full = join(directory, path);
    if (statSync(full).size > LARGEST) return [];
    return claimReads(readFileSync(full, "utf8")).map((line) => `${path}:${line}`);
  });
}

function sourcesIn(directory: string, folder: string): readonly string[] {
  return entriesOf(join(directory, folder)).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      return SKIPPED.has(entry.name) || entry.name.startsWith(".") ? [] : sourcesIn(directory, path);
    }
    return entry.isFile() && SOURCE.test(entry.name) ? [path] : [];
  });
}

/** A folder that cannot be read holds nothing to name. */
function entriesOf(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
