import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { CommandError } from "../../machine/command-error.ts";
import { whyNotWritten } from "../../machine/file-reason.ts";
import type { Context } from "../terminal/context.ts";

/**
 * Writes a page of HTML.
 *
 * @param what the page is, for the error: `report`
 * @throws CommandError `file_not_written`
 */
export function writePage({ directory }: Context, file: string, text: string, what: string): void {
  try {
    writeFileSync(resolve(directory, file), text);
  } catch (cause) {
    const why = whyNotWritten(cause);
    throw new CommandError("file_not_written", `the ${what} could not be written: ${why}`, {
      cause,
      fix: "give another file with -o",
    });
  }
}
