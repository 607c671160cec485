import { existsSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import type { PolicyFile } from "../../../policy/compile.ts";
import { loadPolicy } from "../../../policy/load.ts";
import { CommandError } from "../../machine/command-error.ts";
import { whyNotRead } from "../../machine/file-reason.ts";
import { csvFiles } from "../../machine/policy-files.ts";
import { shippedModel } from "../../machine/shipped-model.ts";
import { writeChanges } from "../init/write-changes.ts";
import type { Context } from "../terminal/context.ts";
import type { WrittenWhere } from "./import-arguments.ts";

/** A file to convert. @throws CommandError `policies_unreadable` */
export function importedFile({ directory }: Context, path: string): PolicyFile {
  try {
    return {
      path,
      text: new TextDecoder("utf8", { fatal: true }).decode(readFileSync(resolve(directory, path))),
    };
  } catch (cause) {
    const reason = cause instanceof TypeError ? "it is not UTF-8" : whyNotRead(cause);
    throw new CommandError("policies_unreadable", `\`${path}\` cannot be read: ${reason}`, {
      cause,
      fix: "give the files that your service uses",
    });
  }
}

/**
 * Writes the policy with its model, and returns the paths; nothing if it has no files, or only if it loads.
 *
 * @param others rows that the policy is to have besides, so that it loads
 * @throws CommandError `file_not_written`
 */
export function writeImported(
  context: Context,
  files: readonly PolicyFile[],
  options: WrittenWhere,
  others: readonly PolicyFile[] = [],
): readonly string[] {
  const { directory } = context;
  const written = files.length === 0 ? [] : filesOf(context, files, options, others);
  if (written.length > 0) refuseOtherRows(context, written, options);
  const how = { overwrite: options.force === true, dryRun: options.dryRun === true };
  writeChanges(directory, { files: written, edits: [] }, how);
  return written.map(({ path }) => path);
}

function filesOf(
  { directory }: Context,
  files: readonly PolicyFile[],
  options: WrittenWhere,
  others: readonly PolicyFile[],
): readonly PolicyFile[] {
  const model = { path: "model.conf", text: shippedModel() };
  // What is written loads: a row that does not is a defect of the conversion.
  loadPolicy({ model, rows: [...files, ...others] });
  const name = relative(directory, resolve(directory, options.output)) || ".";
  return [model, ...files].map(({ path, text }) => ({ path: `${name}/${path}`, text }));
}

/** @throws CommandError `file_not_written` if rows that are there already would join the converted ones */
function refuseOtherRows(
  { directory }: Context,
  files: readonly PolicyFile[],
  { output, force }: WrittenWhere,
): void {
  const full = resolve(directory, output);
  const own = new Set(files.map(({ path }) => resolve(directory, path)));
  const others = existsSync(full) ? csvFiles(full).filter((path) => !own.has(resolve(full, path))) : [];
  if (others.length === 0 || force === true) return;
  throw new CommandError(
    "file_not_written",
    `\`${output}\` already has rows: ${others.map((path) => relative(full, path)).join(", ")}`,
    {
      fix: "give an empty directory with `-o`, or add the rows to those with `--force`",
    },
  );
}
