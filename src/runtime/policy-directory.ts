import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { PolicyError, printFinding } from "../policy/finding.ts";
import { loadPolicy, type PolicySources } from "../policy/load.ts";
import type { AddressPolicy, Policy } from "../policy/policy.ts";
import { log } from "./log.ts";

// Local builds and tools read the directory; packaged functions get the files inlined by the build instead
// (src/build/policy-plugin.ts replaces this module)

let loaded: { readonly policy: Policy; readonly stamp: string } | undefined;
let refusedStamp: string | undefined;

/**
 * The policy of the directory that `CLAIMGATE_POLICIES` names (default `policies`), read again when a file
 * changed. A bad edit is reported once and the last good policy stays in force.
 * @throws PolicyError while no good policy has been seen
 */
export function currentPolicy(): Policy {
  const directory = policiesDirectory(process.env);
  const stamp = stampOf(directory);
  if (loaded?.stamp === stamp) return loaded.policy;
  if (loaded !== undefined && refusedStamp === stamp) return loaded.policy;
  try {
    const policy = loadPolicy(readPolicyDirectory(directory));
    if (loaded !== undefined) log("info", "policy-reloaded", { policyVersion: policy.version });
    loaded = { policy, stamp };
    return policy;
  } catch (error) {
    if (loaded === undefined || !(error instanceof PolicyError)) throw error;
    refusedStamp = stamp;
    log("error", "policy-refused", {
      code: error.code,
      findings: error.findings.map(printFinding),
      policyVersion: loaded.policy.version,
    });
    return loaded.policy;
  }
}

/** The same, for functions that ask about addresses only; the build gives them a smaller one. */
export const currentAddressPolicy: () => AddressPolicy = currentPolicy;

/** Where the policy is looked for: `CLAIMGATE_POLICIES`, by default `policies`. */
export function policiesDirectory(env: Readonly<Record<string, string | undefined>>): string {
  return resolve(env["CLAIMGATE_POLICIES"] ?? "policies");
}

/** Reads `model.conf` and every `*.csv` below the directory; paths are named from the directory's parent. */
export function readPolicyDirectory(directory: string): PolicySources {
  const read = (path: string) => ({ path: nameOf(directory, path), text: readText(directory, path) });
  return { model: read(join(directory, "model.conf")), rows: csvFiles(directory).map(read) };
}

/** Bytes that are not UTF-8 are a finding: replaced silently, they would change names. */
function readText(directory: string, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch (error) {
    if (!hasCode(error, "ERR_ENCODING_INVALID_ENCODED_DATA")) throw error;
    const place = { file: nameOf(directory, path), line: 1, column: 1 };
    const message = "the file is not UTF-8 text";
    throw new PolicyError([{ rule: "not-utf8", ...place, message, fix: "save it as UTF-8" }]);
  }
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}

/** Every `*.csv` below the directory, sorted, as absolute paths. */
export function csvFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".csv"))
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isFile())
    .sort();
}

function nameOf(directory: string, path: string): string {
  return relative(resolve(directory, ".."), path).split(sep).join("/");
}

function stampOf(directory: string): string {
  return [join(directory, "model.conf"), ...csvFiles(directory)]
    .map((path) => {
      const { mtimeMs, size } = statSync(path);
      return `${path} ${mtimeMs} ${size}`;
    })
    .join("\n");
}
