import type { PolicyFile } from "../../policy/compile.ts";

/** Lines around a change that a patch shows. */
const CONTEXT = 3;

/**
 * A unified diff that removes lines of files, for `git apply` or `patch -p1` in the directory that the paths start at.
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
  if (removed.size === 0) return "";
  const ends = text.endsWith("\n");
  const lines = text.split("\n");
  if (ends) lines.pop();
  let gone = 0;
  const hunks = hunksAround(removed, lines.length).map(([first, last]) => {
    const body: string[] = [];
    let kept = 0;
    for (let line = first; line <= last; line += 1) {
      const isRemoved = removed.has(line);
      if (!isRemoved) kept += 1;
      body.push(`${isRemoved ? "-" : " "}${lines[line - 1] ?? ""}`);
      if (line === lines.length && !ends) body.push("\\ No newline at end of file");
    }
    const start = first - gone;
    gone += last - first + 1 - kept;
    // An empty range is named by the line before it.
    const header = `@@ -${first},${last - first + 1} +${kept === 0 ? start - 1 : start},${kept} @@`;
    return `${header}\n${body.join("\n")}\n`;
  });
  return `--- a/${path}\n+++ b/${path}\n${hunks.join("")}`;
}

/** First and last lines of the hunks: removed lines with their context, joined where they touch. */
function hunksAround(removed: ReadonlySet<number>, length: number): [number, number][] {
  const hunks: [number, number][] = [];
  for (const line of [...removed].sort((a, b) => a - b)) {
    const first = Math.max(1, line - CONTEXT);
    const last = Math.min(length, line + CONTEXT);
    const previous = hunks.at(-1);
    if (previous !== undefined && first <= previous[1] + 1) previous[1] = last;
    else hunks.push([first, last]);
  }
  return hunks;
}
