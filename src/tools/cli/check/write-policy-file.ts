import { realpathSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { PolicyFile } from "../../../policy/compile.ts";
import { CommandError } from "../../machine/command-error.ts";
import { whyNotWritten } from "../../machine/file-reason.ts";
import type { PolicyPlace } from "../../machine/policy-files.ts";

/**
 * Writes a file of the policy anew, whole or not at all: a full disk leaves the old one. A link stays a link, and the
 * mode stays. A file with several names (hard links) is written under all of them, after a draft has shown that there
 * is room.
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
