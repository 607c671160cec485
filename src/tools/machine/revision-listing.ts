import { posix } from "node:path";
import { isIgnoredName } from "./policy-listing.ts";

/** An entry of `git ls-tree`. */
export interface TreeEntry {
  /** Relative to the parent of the policy directory: `policies/roles.csv`. */
  readonly path: string;
  readonly link: boolean;
}

/** A file to read: its name in the policy, and the path of its content. */
interface RevisionFile {
  readonly path: string;
  readonly content: string;
}

export interface RevisionListing {
  readonly files: readonly RevisionFile[];
  /** Links to rows outside the policy directory. */
  readonly refused: readonly string[];
}

/** The longest chain of links before it counts as cyclic, as in Linux (path_resolution(7)). */
const MOST_LINKS = 40;

/**
 * The policy files in a revision's tree, by the rules of {@link listPolicyDirectory}: each file once, names of editors
 * left out, links out of the folder refused.
 *
 * @param targetOf the target of a link
 * @param isDirectory whether a path outside the folder is a directory of the revision
 */
export function listRevision(
  folder: string,
  entries: readonly TreeEntry[],
  targetOf: (path: string) => string,
  isDirectory: (path: string) => boolean,
): RevisionListing {
  const beside = [`${folder}/model.conf`, `${folder}/groups.yaml`];
  const read = (path: string) => path.endsWith(".csv") || beside.includes(path);
  const inside = (path: string) => path.startsWith(`${folder}/`);
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const named = entries.filter(
    ({ path }) =>
      !path
        .slice(folder.length + 1)
        .split("/")
        .some(isIgnoredName),
  );
  const own = named.filter(({ path, link }) => !link && read(path)).map(({ path }) => path);
  const seen = new Set(own);
  const files: RevisionFile[] = own.map((path) => ({ path, content: path }));
  const refused: string[] = [];
  for (const { path } of named.filter(({ link }) => link)) {
    const target = end(path, byPath, targetOf);
    if (target === undefined) {
      if (read(path)) refused.push(path);
    } else if (!inside(target) && target !== folder) {
      if (read(path) || isDirectory(target)) refused.push(path);
    } else if (byPath.has(target) && read(path) && !seen.has(target)) {
      seen.add(target);
      files.push({ path, content: target });
    }
    // A directory inside is read by its own name, and so is a file already read.
  }
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), refused };
}

/** The final target of a link; undefined if it is cyclic or absolute. */
function end(
  path: string,
  byPath: ReadonlyMap<string, TreeEntry>,
  targetOf: (path: string) => string,
): string | undefined {
  let at = path;
  for (let count = 0; count < MOST_LINKS; count += 1) {
    if (byPath.get(at)?.link !== true) return at;
    const target = targetOf(at);
    if (posix.isAbsolute(target)) return undefined;
    at = posix.normalize(posix.join(posix.dirname(at), target)).replace(/\/$/, "");
  }
  return undefined;
}
