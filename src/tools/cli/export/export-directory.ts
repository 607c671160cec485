import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { CommandError } from "../../machine/command-error.ts";
import { whyNotWritten } from "../../machine/file-reason.ts";

/**
 * Writes the files of an export to a directory of its own, and removes those of the export before: a policy of a row
 * that is gone must not stay.
 *
 * @param name the directory as the user spelled it
 * @param mark a file that every export has
 * @param isOwn whether an export may have written the file of that name
 * @throws CommandError `file_not_written` if it has other files, or cannot be written
 */
export function writeExport(
  path: string,
  name: string,
  files: ReadonlyMap<string, string>,
  { mark, isOwn }: { readonly mark: string; readonly isOwn: (file: string) => boolean },
): void {
  try {
    const existing = filesIn(path);
    const isExport = existing.length === 0 || existing.includes(mark);
    const foreign = existing.find((file) => !isExport || !isOwn(file));
    if (foreign !== undefined) throw foreignFile(name, foreign);
    for (const file of existing) if (!files.has(file)) rmSync(join(path, file));
    for (const [file, text] of files) {
      mkdirSync(dirname(join(path, file)), { recursive: true });
      writeFileSync(join(path, file), text);
    }
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    throw new CommandError("file_not_written", `\`${name}\` cannot be written: ${whyNotWritten(cause)}`, {
      cause,
      fix: "give another directory with `-o`",
    });
  }
}

/** Of all folders below, with `/` between them. A link is not followed. */
function filesIn(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(path, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

function foreignFile(name: string, file: string): CommandError {
  return new CommandError(
    "file_not_written",
    `\`${name}\` has \`${file}\`, which is not a file of \`claimgate export\`; nothing was written`,
    { fix: "give a directory of its own with `-o`" },
  );
}
