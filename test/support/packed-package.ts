import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { join, resolve } from "node:path";

/**
 * The tarball of the package as `npm run tarball` makes it, of the sources as they are now; made once in a run of jest,
 * by the first file that needs it. An absolute path.
 */
export function packedPackage(): string {
  const shared = process.env["TEST_RUN"];
  if (shared === undefined) throw new Error("no TEST_RUN: test/support/begin-run.ts sets it");
  const folder = join(shared, "tarball");
  if (!existsSync(folder)) {
    const own = `${folder}-${process.pid}`;
    const staged = join(own, "package");
    mkdirSync(staged, { recursive: true });
    execFileSync(process.execPath, ["--import", "tsx", "src/tools/packaging/stage-package.ts", staged]);
    execFileSync("npm", ["pack", "--silent", "--pack-destination", resolve(own), resolve(staged)]);
    try {
      renameSync(own, folder);
    } catch (error) {
      // Another worker was faster; its tarball is the same.
      if (!existsSync(folder)) throw error;
    }
  }
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  if (tarball === undefined) throw new Error(`no tarball in ${folder}`);
  return join(folder, tarball);
}
