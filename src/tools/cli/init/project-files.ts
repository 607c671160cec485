import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { jsonIn, objectOf, textOf } from "../../../json.ts";
import { claimReads } from "../../adopt/claim-reads.ts";
import type { ResolvedService } from "../../service/resolved-service.ts";

/** A runtime of Node for functions of a service of another language; undefined if the service runs on Node. */
export function runtimeFor({ source }: ResolvedService, version: string): string | undefined {
  const runtime = textOf(source.provider["runtime"]);
  if (runtime === undefined || runtime.startsWith("nodejs")) return undefined;
  // Version 3 of the framework knows no later one.
  return version.startsWith("3.") ? "nodejs20.x" : "nodejs22.x";
}

/** Whether package.json lists a package, and for whom. */
export function listed(directory: string, name: string): "always" | "for development" | undefined {
  const { dependencies, devDependencies } = packageIn(directory);
  if (name in objectOf(dependencies)) return "always";
  return name in objectOf(devDependencies) ? "for development" : undefined;
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
