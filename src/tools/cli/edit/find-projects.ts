import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { isIgnoredName } from "../../machine/policy-listing.ts";
import { serviceFileIn } from "../../service/framework.ts";
import { configuredPolicies } from "../terminal/policy-options.ts";

/** Where a policy is, as absolute paths. */
export interface ProjectPlace {
  /** Of the service, or the parent of the policy. */
  readonly directory: string;
  readonly policies: string;
}

/** Folders below a workspace that are looked at; larger workspaces name their policy with `--policies`. */
const MOST_FOLDERS = 10_000;
const DEEPEST = 8;
const NEVER = new Set(["node_modules", "dist", "build", "coverage"]);

/**
 * The policies below a folder of the workspace, sorted: of each directory with a service that uses claimgate, or with
 * CSV files in `policies`. Enters no hidden folder, no `node_modules`, and follows no links.
 *
 * @param given the directory of the policy in the folder, if it is not to be looked for
 */
export function findProjects(folder: string, given: string | undefined): readonly ProjectPlace[] {
  if (given !== undefined) return [{ directory: folder, policies: resolve(folder, given) }];
  const found: ProjectPlace[] = [];
  const queue = [{ path: folder, depth: 0 }];
  for (let at = 0; at < Math.min(queue.length, MOST_FOLDERS); at += 1) {
    const { path = folder, depth = 0 } = queue[at] ?? {};
    const place = projectIn(path);
    if (place !== undefined) found.push(place);
    if (depth === DEEPEST) continue;
    for (const name of foldersIn(path)) {
      if (join(path, name) !== place?.policies) queue.push({ path: join(path, name), depth: depth + 1 });
    }
  }
  return found;
}

function projectIn(directory: string): ProjectPlace | undefined {
  const configured = configuredIn(directory);
  if (configured !== undefined) return { directory, policies: resolve(directory, configured) };
  const policies = join(directory, "policies");
  return hasCsv(policies) ? { directory, policies } : undefined;
}

function configuredIn(directory: string): string | undefined {
  try {
    return serviceFileIn(directory) === undefined ? undefined : configuredPolicies(directory);
  } catch {
    // A serverless.yml that cannot be read names none.
    return undefined;
  }
}

function hasCsv(directory: string): boolean {
  return entriesOf(directory).some(
    (entry) =>
      (entry.isFile() && entry.name.endsWith(".csv")) ||
      (entry.isDirectory() && hasCsv(join(directory, entry.name))),
  );
}

function foldersIn(directory: string): readonly string[] {
  return entriesOf(directory)
    .filter((entry) => entry.isDirectory() && !NEVER.has(entry.name))
    .map(({ name }) => name)
    .sort();
}

/** None for a folder that is missing or cannot be read. */
function entriesOf(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true }).filter(({ name }) => !isIgnoredName(name));
  } catch {
    return [];
  }
}
