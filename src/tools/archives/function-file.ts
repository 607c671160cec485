import { type ArchiveParts, policyFiles } from "./archive.ts";
import { type FunctionName, factsOf } from "./functions.ts";

/**
 * A function and its policy as one file of CommonJS that needs no other: it works in an archive that contains nothing
 * else, and in the output of any bundler. Its export is `handler`.
 */
export function functionFile(
  name: FunctionName,
  parts: Pick<ArchiveParts, "compiled" | "shadow" | "libraries">,
): string {
  const { compiled, libraries } = parts;
  return [
    `// Policy version ${compiled.version}. Written by claimgate/serverless; changes are lost.`,
    '"use strict";',
    `const ARCHIVED_FILES = ${JSON.stringify(policyFiles(name, parts))};`,
    libraries[factsOf(name).library].trimEnd(),
    `module.exports.handler = module.exports.${name}();`,
    "",
  ].join("\n");
}
