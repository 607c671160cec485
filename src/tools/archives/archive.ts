import { createHash } from "node:crypto";
import { ADDRESSES_FILE, POLICY_FILE, SHADOW_FILE } from "../../lambda/archive-files.ts";
import type { CompiledPolicy } from "../../policy/compile.ts";
import { compiledAddresses } from "../../policy/compiled-addresses.ts";
import { indexedPolicy } from "../../policy/indexed-policy.ts";
import { type FunctionName, factsOf, type Library } from "./functions.ts";
import { zipped } from "./zip.ts";

/** What archives are made of. */
export interface ArchiveParts {
  /** The version of claimgate. */
  readonly claimgate: string;
  readonly compiled: CompiledPolicy;
  /** The candidate of a shadow, for the authorizers. */
  readonly shadow?: CompiledPolicy | undefined;
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
export function policyFiles(
  name: FunctionName,
  { compiled, shadow }: Pick<ArchiveParts, "compiled" | "shadow">,
): Readonly<Record<string, string>> {
  const { addressesOnly, library } = factsOf(name);
  if (addressesOnly) return { [ADDRESSES_FILE]: JSON.stringify(compiledAddresses(compiled)) };
  const candidate = library === "authorizers" ? shadow : undefined;
  return {
    [POLICY_FILE]: JSON.stringify(indexedPolicy(compiled)),
    ...(candidate && { [SHADOW_FILE]: JSON.stringify(indexedPolicy(candidate)) }),
  };
}

export function archiveOf(name: FunctionName, parts: ArchiveParts): Archive {
  const { claimgate, compiled, libraries } = parts;
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
    ...policyFiles(name, parts),
  });
  const sha256 = createHash("sha256").update(bytes).digest("base64");
  return { name, file: archiveFile(name), bytes, sha256 };
}
