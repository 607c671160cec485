import { resolve } from "node:path";
import type { PolicyFile } from "../../policy/compile.ts";
import { CommandError } from "./command-error.ts";
import { type DraftFile, draftFile } from "./draft-file.ts";
import { whyNotWritten } from "./file-reason.ts";
import type { PolicyPlace } from "./policy-files.ts";

/**
 * Rewrites a policy file atomically: if the disk is full, the old file remains.
 *
 * @throws CommandError `file_not_written`
 */
export function writePolicyFile({ namedFrom }: PolicyPlace, { path, text }: PolicyFile): void {
  let draft: DraftFile | undefined;
  try {
    draft = draftFile(resolve(namedFrom, path), text);
    draft.put();
  } catch (cause) {
    draft?.drop();
    const why = whyNotWritten(cause);
    throw new CommandError("file_not_written", `${path} could not be written and is unchanged: ${why}`, {
      cause,
    });
  }
}
