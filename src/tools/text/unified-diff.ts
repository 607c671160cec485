import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";

/** Of a file that does not exist yet. */
const NOTHING = "/dev/null";

/**
 * What changed in a file, for `git apply` or `patch -p1` in the directory that the path is relative to. Empty if
 * nothing did.
 *
 * @param before undefined for a new file
 */
export function unifiedDiff(path: string, before: string | undefined, after: string): string {
  if (before === after) return "";
  const old = before === undefined ? NOTHING : `a/${path}`;
  return createTwoFilesPatch(old, `b/${path}`, before ?? "", after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}
