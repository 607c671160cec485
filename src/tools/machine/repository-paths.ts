import { existsSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";

/**
 * Names files as CI services look them up: from the root of the git repository, which has `.git` in it (a file in
 * worktrees and submodules); where there is none, from the working directory. git itself is not needed.
 *
 * @param directory the working directory, from which the files are named
 */
export function repositoryPaths(directory: string): (file: string) => string {
  const below = relative(rootAbove(directory) ?? directory, directory)
    .split(sep)
    .join("/");
  return (file) => (posix.isAbsolute(file) ? file : posix.normalize(posix.join(below, file)));
}

function rootAbove(directory: string): string | undefined {
  for (let folder = directory; ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
