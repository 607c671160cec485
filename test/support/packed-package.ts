import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { onceARun } from "./once-a-run.ts";

/** The tarball of the package as `npm run tarball` makes it, of the sources as they are now. An absolute path. */
export function packedPackage(): string {
  const folder = onceARun("tarball", (own) => {
    const staged = join(own, "package");
    mkdirSync(staged, { recursive: true });
    execFileSync(process.execPath, ["--import", "tsx", "src/tools/packaging/stage-package.ts", staged]);
    execFileSync("npm", ["pack", "--silent", "--pack-destination", own, staged]);
  });
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  if (tarball === undefined) throw new Error(`no tarball in ${folder}`);
  return join(folder, tarball);
}
