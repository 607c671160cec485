import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** A Node to measure on: its version, such as `v24.18.0`, and its program. */
export interface NodeRelease {
  readonly version: string;
  readonly program: string;
}

/** The release of Lambda, and the oldest one that is supported: those of .ci/run. */
export const MEASURED_NODES: readonly string[] = ["24", "20.19.0"];

/**
 * The releases as the npm registry carries them for Linux, kept in `.ci/cache` next to those of `.ci/run`. On another
 * system, the Node that runs this.
 *
 * @param versions such as `24` or `20.19.0`
 */
export function nodeReleases(versions: readonly string[] = MEASURED_NODES): readonly NodeRelease[] {
  if (process.platform !== "linux" || (process.arch !== "x64" && process.arch !== "arm64")) {
    console.log(
      `No release of Node for ${process.platform} ${process.arch}: measured on ${process.version} alone.`,
    );
    return [{ version: process.version, program: process.execPath }];
  }
  return versions.map(releaseOf);
}

function releaseOf(version: string): NodeRelease {
  const name = `node-linux-${process.arch}`;
  const folder = resolve(".ci/cache", `node-${version}`);
  const program = join(folder, "node_modules", name, "bin/node");
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), '{"private":true}\n');
    const install = ["install", "--silent", "--no-audit", "--no-fund", "--prefix", folder];
    execFileSync("npm", [...install, `${name}@${version}`], { stdio: ["ignore", "ignore", "inherit"] });
  }
  return { version: execFileSync(program, ["--version"], { encoding: "utf8" }).trim(), program };
}
