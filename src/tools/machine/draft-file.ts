import { lstatSync, realpathSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** The text of a file on the disk, next to its place. */
export interface DraftFile {
  /** Puts it in its place. @throws an error of the file system; the old file remains */
  put(): void;
  /** Removes it, if it is not in its place. */
  drop(): void;
}

/**
 * Writes what a file is to become next to it: a full disk or a directory that is read-only fails here, and the old file
 * remains. A symbolic link stays a link, and the mode stays. A file with hard links is rewritten in place, after the
 * draft has proven that there is room.
 *
 * @param path of a file that exists, or not, in a directory that exists
 * @throws an error of the file system; nothing is left
 */
export function draftFile(path: string, text: string): DraftFile {
  const exists = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  const file = exists ? realpathSync(path) : path;
  const { mode = 0o666, nlink = 1 } = exists ? statSync(file) : {};
  const draft = join(dirname(file), `.${basename(file)}.${process.pid}`);
  const drop = () => rmSync(draft, { force: true });
  try {
    writeFileSync(draft, text, { mode: mode & 0o777 });
  } catch (error) {
    drop();
    throw error;
  }
  const put = () => {
    if (nlink === 1 || statSync(file).isDirectory()) {
      renameSync(draft, file);
      return;
    }
    writeFileSync(file, text, { flag: "r+" });
    truncateSync(file, Buffer.byteLength(text));
    drop();
  };
  return { put, drop };
}
