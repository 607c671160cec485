import type { PolicyFile } from "../../policy/compile.ts";
import { unifiedDiff } from "../text/unified-diff.ts";

/**
 * A unified diff that removes lines of files, for `git apply` or `patch -p1` in the directory that the paths are
 * relative to.
 *
 * @param lines counted from 1
 */
export function removalPatch(
  files: readonly PolicyFile[],
  lines: ReadonlyMap<string, ReadonlySet<number>>,
): string {
  return files.map((file) => filePatch(file, lines.get(file.path) ?? new Set())).join("");
}

function filePatch({ path, text }: PolicyFile, removed: ReadonlySet<number>): string {
  const kept = text
    .split(/(?<=\n)/)
    .filter((_, index) => !removed.has(index + 1))
    .join("");
  return unifiedDiff(path, text, kept);
}
