import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigurationError } from "../errors.ts";
import { ADDRESSES_FILE, POLICY_FILE, SHADOW_FILE } from "./archive-files.ts";

// `#compiled-policy` of the functions that the package ships: `claimgate bundle` puts the policy next to them, as a
// file, and claimgate/serverless into the same file. A function without it does not start
// (src/tools/packaging/bundle-functions.ts).

/** File name -> content, which a function of one file declares at its top (src/tools/archives/function-file.ts). */
declare const ARCHIVED_FILES: Readonly<Record<string, string>> | undefined;

const policy = textOf(POLICY_FILE);
const addresses = textOf(ADDRESSES_FILE);
if ((policy ?? addresses) === undefined) throw missing(`${POLICY_FILE}\` or \`${ADDRESSES_FILE}`);

/** The compiled policy as JSON. @throws ConfigurationError if the archive has only addresses */
export function policyText(): string {
  if (policy === undefined) throw missing(POLICY_FILE);
  return policy;
}

/** Only its `p2` and `g3` rows. @throws ConfigurationError if the archive has only the whole policy */
export function addressesText(): string {
  if (addresses === undefined) throw missing(ADDRESSES_FILE);
  return addresses;
}

/** The candidate of a shadow as JSON; undefined if the archive has none. */
export function shadowText(): string | undefined {
  return textOf(SHADOW_FILE);
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
