import { readdirSync } from "node:fs";
import { join } from "node:path";

const CLI = "src/tools/cli";

/** The files with the types of the commands' JSON: those of each family are in its folder. */
export const CONTRACT_FILES: readonly string[] = readdirSync(CLI, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith("-contract.ts"))
  .sort()
  .map((path) => join(CLI, path));
