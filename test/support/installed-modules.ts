import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { objectOf } from "../../src/json.ts";
import { REHEARSAL_FOLDER } from "./python-environment.ts";

/** Installs exactly the versions that an example names, once; the claimgate of the registry is left out. */
export function installed(name: string, modules: readonly string[]): string {
  const file = JSON.parse(readFileSync(join("examples", name, "package.json"), "utf8")) as unknown;
  const dependencies = objectOf(objectOf(file)["dependencies"]);
  const wanted = modules.map((module) => `${module}@${String(dependencies[module])}`);
  const folder = join(REHEARSAL_FOLDER, [name, ...wanted].join("-").replaceAll(/[@/]/g, "-"));
  const modulesFolder = join(folder, "node_modules");
  if (existsSync(join(folder, "complete"))) return modulesFolder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"private":true}');
  execFileSync("npm", ["install", "--silent", "--no-audit", "--no-fund", "--prefer-offline", ...wanted], {
    cwd: folder,
  });
  writeFileSync(join(folder, "complete"), "");
  return modulesFolder;
}
