import { existsSync, readFileSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";

/** How the language server is started. */
export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
}

/**
 * The `claimgate` of a folder of the workspace: the one of the setting, else the package in `node_modules` of the
 * folder or above it, else the folder itself if it is the package.
 *
 * @param setting `claimgate.path`; empty if it is not set
 * @returns undefined if there is none
 */
export function findServer(folder: string, setting: string): ServerCommand | undefined {
  const program =
    setting === "" ? installed(folder) : isAbsolute(setting) ? setting : resolve(folder, setting);
  if (program === undefined || !existsSync(program)) return undefined;
  // Node is not always what a script is opened with, least of all on Windows.
  return /\.[cm]?js$/.test(program)
    ? { command: "node", args: [program, "lsp"] }
    : { command: program, args: ["lsp"] };
}

function installed(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const found = programOf(join(at, "node_modules", "claimgate"));
    if (found !== undefined) return found;
    if (dirname(at) === at) return programOf(folder);
  }
}

/** The program of the package in a directory; undefined if there is none. */
function programOf(directory: string): string | undefined {
  const file = join(directory, "package.json");
  if (!existsSync(file)) return undefined;
  const manifest: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (!isManifest(manifest) || manifest.name !== "claimgate") return undefined;
  const program = manifest.bin?.claimgate;
  return program === undefined ? undefined : join(directory, program);
}

interface Manifest {
  readonly name: string;
  readonly bin?: { readonly claimgate?: string };
}

function isManifest(value: unknown): value is Manifest {
  return typeof value === "object" && value !== null && "name" in value;
}
