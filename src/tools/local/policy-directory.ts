import { errorFields, log } from "../../lambda/log.ts";
import { PolicyError, printFindings } from "../../policy/finding.ts";
import { loadPolicy } from "../../policy/load.ts";
import type { AddressPolicy, Policy } from "../../policy/policy.ts";
import { lintDirectory } from "../checking/lint-directory.ts";
import { policiesDirectory, readPolicyDirectory, stateOf } from "../machine/policy-files.ts";

// Local builds read the directory; packaged functions get the compiled policy instead
// (src/tools/packaging/policy-plugin.ts replaces this module).

let loaded: { readonly policy: Policy; readonly stamp: string } | undefined;
let refused: string | undefined;

/**
 * Programs write a file in several steps: a file that changed less than this ago, in milliseconds, may be incomplete.
 */
const SETTLED_MS = 100;

/**
 * The policy of the directory that `CLAIMGATE_POLICIES` names (default `policies`), read again when a file changes. An
 * edit that packaging would refuse, or a missing file, is reported once, and the last good policy stays in force.
 * @throws PolicyError, or an error of the file system, until a good policy has been loaded
 */
export function currentPolicy(): Policy {
  const directory = policiesDirectory(process.env);
  if (loaded === undefined) {
    const { stamp } = stateOf(directory);
    loaded = { policy: loadPolicy(readPolicyDirectory(directory)), stamp };
    return loaded.policy;
  }
  let stamp = "unreadable";
  try {
    const state = stateOf(directory);
    stamp = state.stamp;
    const known = stamp === loaded.stamp || stamp === refused;
    if (known || Date.now() - state.changedAt < SETTLED_MS) return loaded.policy;
    loaded = { policy: loadEdited(directory), stamp };
    log("info", "policy-reloaded", { policyVersion: loaded.policy.version });
  } catch (error) {
    if (refused !== stamp) refuse(error, loaded.policy);
    refused = stamp;
  }
  return loaded.policy;
}

function refuse(error: unknown, { version }: Policy): void {
  const findings = error instanceof PolicyError ? printFindings(error.findings) : [];
  log("error", "policy-refused", { ...errorFields(error), findings, policyVersion: version });
}

/** The same, for functions that ask about addresses only; the build gives them a smaller one. */
export const currentAddressPolicy: () => AddressPolicy = currentPolicy;

/**
 * Loads the policy of a directory as strictly as packaging does, apart from rules that need serverless.yml.
 * @throws PolicyError with all errors of the loader and the linter
 */
export function loadEdited(directory: string): Policy {
  const { errors } = lintDirectory(directory, undefined);
  if (errors.length > 0) throw new PolicyError(errors);
  return loadPolicy(readPolicyDirectory(directory));
}
