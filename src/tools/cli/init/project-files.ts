import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { jsonIn, objectOf, textOf } from "../../../json.ts";
import { claimReads, contextReads } from "../../adopt/claim-reads.ts";
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

/** Where functions read what claimgate does not add, a place each: `src/orders.js:17`. */
export interface BackendReads {
  /** Claims that native authorizers add. */
  readonly claims: readonly string[];
  /** The context of authorizer functions. */
  readonly context: readonly string[];
}

export function backendReads(directory: string): BackendReads {
  const claims: string[] = [];
  const context: string[] = [];
  for (const path of sourcesIn(directory, "")) {
    const full = join(directory, path);
    if (statSync(full).size > LARGEST) continue;
    const text = readFileSync(full, "utf8");
    const reads = new Set(claimReads(text));
    claims.push(...[...reads].map((line) => `${path}:${line}`));
    context.push(...contextReads(text).flatMap((line) => (reads.has(line) ? [] : [`${path}:${line}`])));
  }
  return { claims, context };
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
