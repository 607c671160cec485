// The playground: the page that the package ships, at an address of its own.
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { REPOSITORY } from "./repository.ts";
import { PLAYGROUND } from "./site-links.ts";

/** Builds it into the folder of the built site. */
export function writePlayground(folder: string): void {
  const file = join(folder, PLAYGROUND);
  mkdirSync(dirname(file), { recursive: true });
  const script = "src/tools/packaging/build-playground.ts";
  execFileSync(process.execPath, ["--import", "tsx", script, file], { cwd: REPOSITORY });
}
