import { existsSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";

/**
 * Names files as CI services expect them: relative to the root of the git repository, which contains `.git` (a file in
 * worktrees and submodules), else to the working directory. Does not need git.
 *
 * @param directory the working directory, which the given names are relative to
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
