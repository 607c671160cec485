import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigurationError } from "../errors.ts";
import type { CompiledPolicy } from "../policy/compile.ts";
import type { CompiledAddresses } from "../policy/compiled-addresses.ts";
import { type IndexedPolicy, indexedPolicy } from "../policy/indexed-policy.ts";
import { ADDRESSES_FILE, POLICY_FILE, SHADOW_FILE } from "./archive-files.ts";

// `#compiled-policy` of the functions that the package ships: `claimgate bundle` puts the policy next to them, as a
// file, and claimgate/serverless into the same file. A function without it does not start
// (src/tools/packaging/bundle-functions.ts).

/** File name -> content, which a function of one file declares at its top (src/tools/archives/function-file.ts). */
declare const ARCHIVED_FILES: Readonly<Record<string, string>> | undefined;

const policy = textOf(POLICY_FILE);
const addresses = textOf(ADDRESSES_FILE);
if ((policy ?? addresses) === undefined) throw missing(`${POLICY_FILE}\` or \`${ADDRESSES_FILE}`);

/** The compiled policy with its index. @throws ConfigurationError if the archive has only addresses */
export function storedPolicy(): IndexedPolicy {
  if (policy === undefined) throw missing(POLICY_FILE);
  return indexed(policy);
}

/** Only its `p2` and `g3` rows. @throws ConfigurationError if the archive has only the whole policy */
export function storedAddresses(): CompiledAddresses {
  if (addresses === undefined) throw missing(ADDRESSES_FILE);
  return JSON.parse(addresses) as CompiledAddresses;
}

/** The candidate of a shadow; undefined if the archive has none. */
export function storedShadow(): IndexedPolicy | undefined {
  const shadow = textOf(SHADOW_FILE);
  return shadow === undefined ? undefined : indexed(shadow);
}

/** The file may be what `claimgate compile` writes, in the place of that of `claimgate bundle`. */
function indexed(text: string): IndexedPolicy {
  const stored = JSON.parse(text) as IndexedPolicy | CompiledPolicy;
  return "rows" in stored ? indexedPolicy(stored) : stored;
}

function textOf(name: string): string | undefined {
  if (typeof ARCHIVED_FILES !== "undefined") return ARCHIVED_FILES[name];
  const path = join(__dirname, name);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

function missing(name: string): ConfigurationError {
  return new ConfigurationError(
    `the archive contains no \`${name}\`: make it again with \`claimgate bundle\``,
  );
}
