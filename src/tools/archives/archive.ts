import { createHash } from "node:crypto";
import { ADDRESSES_FILE, POLICY_FILE } from "../../lambda/archive-files.ts";
import type { CompiledPolicy } from "../../policy/compile.ts";
import { compiledAddresses } from "../../policy/compiled-addresses.ts";
import { type FunctionName, factsOf, type Library } from "./functions.ts";
import { zipped } from "./zip.ts";

/** What archives are made of. */
export interface ArchiveParts {
  /** The version of claimgate. */
  readonly claimgate: string;
  readonly compiled: CompiledPolicy;
  /** The text of `dist/functions/NAME.cjs`. */
  readonly libraries: Readonly<Record<Library, string>>;
}

/** The archive of a function, for Lambda. */
export interface Archive {
  readonly name: FunctionName;
  /** `NAME.zip` */
  readonly file: string;
  readonly bytes: Uint8Array;
  /** The digest that Lambda calls CodeSha256: base64. */
  readonly sha256: string;
}

/** The file and the export that Lambda calls. */
export const HANDLER = "index.handler";

export function archiveFile(name: FunctionName): string {
  return `${name}.zip`;
}

/** What a function has of the policy: file name -> content. */
export function policyFile(name: FunctionName, compiled: CompiledPolicy): Readonly<Record<string, string>> {
  return factsOf(name).addressesOnly
    ? { [ADDRESSES_FILE]: JSON.stringify(compiledAddresses(compiled)) }
    : { [POLICY_FILE]: JSON.stringify(compiled) };
}

export function archiveOf(name: FunctionName, { claimgate, compiled, libraries }: ArchiveParts): Archive {
  const { library } = factsOf(name);
  const index = [
    `// claimgate ${claimgate}, policy version ${compiled.version}`,
    '"use strict";',
    `exports.handler = require("./${library}.cjs").${name}();`,
    "",
  ].join("\n");
  const bytes = zipped({
    "index.js": index,
    [`${library}.cjs`]: libraries[library],
    ...policyFile(name, compiled),
  });
  const sha256 = createHash("sha256").update(bytes).digest("base64");
  return { name, file: archiveFile(name), bytes, sha256 };
}
