import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LIBRARIES, type Library } from "./functions.ts";

/** The files of dist/functions, which lie next to the command and the plugin. */
export function shippedFunctions(): Readonly<Record<Library, string>> {
  const read = (library: Library) => readFileSync(join(__dirname, "functions", `${library}.cjs`), "utf8");
  return Object.fromEntries(LIBRARIES.map((library) => [library, read(library)])) as Record<Library, string>;
}
