import { realpathSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { PolicyFile } from "../../../policy/compile.ts";
import { CommandError } from "../../machine/command-error.ts";
import { whyNotWritten } from "../../machine/file-reason.ts";
import type { PolicyPlace } from "../../machine/policy-files.ts";

/**
 * Rewrites a policy file atomically: if the disk is full, the old file remains. A symbolic link stays a link, and the
 * mode stays. A file with hard links is rewritten in place, after a draft has proven that there is room.
 *
 * @throws CommandError `file_not_written`
 */
export function writePolicyFile({ namedFrom }: PolicyPlace, { path, text }: PolicyFile): void {
  const named = resolve(namedFrom, path);
  let draft = named;
  try {
    const file = realpathSync(named);
    const { mode, nlink } = statSync(file);
    draft = join(dirname(file), `.${basename(file)}.${process.pid}`);
    writeFileSync(draft, text, { mode: mode & 0o777 });
    if (nlink === 1) {
      renameSync(draft, file);
      return;
    }
    writeFileSync(file, text, { flag: "r+" });
    truncateSync(file, Buffer.byteLength(text));
    rmSync(draft, { force: true });
  } catch (cause) {
    if (draft !== named) rmSync(draft, { force: true });
    const why = whyNotWritten(cause);
    throw new CommandError("file_not_written", `${path} could not be written and is unchanged: ${why}`, {
      cause,
    });
  }
}
