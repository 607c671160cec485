import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { messageOf } from "../../errors.ts";
import type { PolicyFile } from "../../policy/compile.ts";
import { CommandError } from "../../runtime/command-error.ts";

/**
 * Writes a file of the policy anew, whole or not at all: a full disk leaves the old one. A link stays a link, and the
 * mode stays.
 *
 * @throws CommandError `file_not_written`
 */
export function writePolicyFile(directory: string, { path, text }: PolicyFile): void {
  const named = join(dirname(directory), path);
  let draft = named;
  try {
    const file = realpathSync(named);
    draft = join(dirname(file), `.${basename(file)}.${process.pid}`);
    writeFileSync(draft, text, { mode: statSync(file).mode & 0o777 });
    renameSync(draft, file);
  } catch (cause) {
    if (draft !== named) rmSync(draft, { force: true });
    const why = messageOf(cause);
    throw new CommandError("file_not_written", `${path} could not be written, and is as it was: ${why}`, {
      cause,
    });
  }
}
