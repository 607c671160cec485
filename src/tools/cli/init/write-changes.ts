import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { AdoptionPlan } from "../../adopt/plan.ts";
import { CommandError } from "../../machine/command-error.ts";
import { whyNotWritten } from "../../machine/file-reason.ts";

/**
 * Writes all files of a plan or none: existing ones are kept unless they may be overwritten.
 * @throws CommandError `file_not_written`
 */
export function writeChanges(
  directory: string,
  { files, edits }: Pick<AdoptionPlan, "files" | "edits">,
  { overwrite, dryRun }: { readonly overwrite: boolean; readonly dryRun: boolean },
): void {
  const existing = files.filter(({ path }) => existsSync(join(directory, path))).map(({ path }) => path);
  if (existing.length > 0 && !overwrite) {
    throw new CommandError(
      "file_not_written",
      `these files already exist: ${existing.join(", ")}; nothing was written`,
      { fix: "give another directory, or overwrite them with `--force`" },
    );
  }
  if (dryRun) return;
  try {
    for (const { path, text } of files) {
      const full = join(directory, path);
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, text, overwrite ? {} : { flag: "wx" });
    }
    for (const { path, after } of edits) writeFileSync(join(directory, path), after);
  } catch (cause) {
    throw new CommandError("file_not_written", `not everything was written: ${whyNotWritten(cause)}`, {
      cause,
      fix: "make the files writable, or give another directory, and undo with git what was written",
    });
  }
}
