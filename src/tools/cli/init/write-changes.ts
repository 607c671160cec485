import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { AdoptionPlan } from "../../adopt/plan.ts";
import { CommandError } from "../../machine/command-error.ts";
import { type DraftFile, draftFile } from "../../machine/draft-file.ts";
import { whyNotWritten } from "../../machine/file-reason.ts";

type Changes = Pick<AdoptionPlan, "files" | "edits">;

/**
 * Writes all files of a plan or none: existing ones are kept unless they may be overwritten. All are on the disk before
 * the first is put in its place.
 * @throws CommandError `file_not_written`
 */
export function writeChanges(
  directory: string,
  changes: Changes,
  { overwrite, dryRun }: { readonly overwrite: boolean; readonly dryRun: boolean },
): void {
  const existing = changes.files.filter(({ path }) => existsSync(join(directory, path)));
  if (existing.length > 0 && !overwrite) {
    throw new CommandError(
      "file_not_written",
      `these files already exist: ${listed(existing)}; nothing was written`,
      { fix: "give another directory, or overwrite them with `--force`" },
    );
  }
  if (dryRun) return;
  putAll(draftsOf(directory, changes));
}

interface Draft extends DraftFile {
  readonly path: string;
}

/** @throws CommandError `file_not_written`, and leaves nothing */
function draftsOf(directory: string, { files, edits }: Changes): readonly Draft[] {
  const drafts: Draft[] = [];
  const folders: string[] = [];
  let path = "";
  try {
    for (const file of files) {
      path = file.path;
      const full = join(directory, path);
      const folder = mkdirSync(dirname(full), { recursive: true });
      if (folder !== undefined) folders.push(folder);
      drafts.push({ path, ...draftFile(full, file.text) });
    }
    for (const edit of edits) {
      path = edit.path;
      const full = join(directory, path);
      if (readFileSync(full, "utf8") !== edit.before) throw new Error("it has changed in the meantime");
      drafts.push({ path, ...draftFile(full, edit.after) });
    }
    return drafts;
  } catch (cause) {
    for (const draft of drafts) draft.drop();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    throw new CommandError(
      "file_not_written",
      `\`${path}\` cannot be written: ${whyNotWritten(cause)}; nothing was written`,
      { cause, fix: "make it writable, or give another directory, and run the command again" },
    );
  }
}

/** @throws CommandError `file_not_written` with what is in its place */
function putAll(drafts: readonly Draft[]): void {
  for (const [index, draft] of drafts.entries()) {
    try {
      draft.put();
    } catch (cause) {
      for (const { drop } of drafts.slice(index)) drop();
      const written =
        index === 0 ? "nothing was written" : `only these were written: ${listed(drafts.slice(0, index))}`;
      throw new CommandError(
        "file_not_written",
        `\`${draft.path}\` cannot be written: ${whyNotWritten(cause)}; ${written}`,
        { cause, fix: "make it writable, undo with git what was written, and run the command again" },
      );
    }
  }
}

function listed(files: readonly { readonly path: string }[]): string {
  return files.map(({ path }) => path).join(", ");
}
