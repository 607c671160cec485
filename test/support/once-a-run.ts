import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";

/**
 * A folder that is made once in a run of jest, by the first file that needs it, whatever its worker. An absolute path.
 *
 * @param make fills the folder, which does not exist yet
 */
export function onceARun(name: string, make: (folder: string) => void): string {
  const shared = process.env["TEST_RUN"];
  if (shared === undefined) throw new Error("no TEST_RUN: test/support/begin-run.ts sets it");
  const folder = join(shared, name);
  if (existsSync(folder)) return folder;
  const own = `${folder}-${process.pid}`;
  make(own);
  try {
    renameSync(own, folder);
  } catch (error) {
    // Another worker was faster; its folder is the same.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
