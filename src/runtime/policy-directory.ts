import { PolicyError, printFinding } from "../policy/finding.ts";
import { loadPolicy } from "../policy/load.ts";
import type { AddressPolicy, Policy } from "../policy/policy.ts";
import { lintDirectory } from "./lint-directory.ts";
import { log } from "./log.ts";
import { policiesDirectory, readPolicyDirectory, stateOf } from "./policy-files.ts";

// Local builds read the directory; packaged functions get the compiled policy instead
// (src/build/policy-plugin.ts replaces this module).

let loaded: { readonly policy: Policy; readonly stamp: string } | undefined;
let refused: string | undefined;

/** Programs write a file in several steps: what changed less than this ago, in milliseconds, may be half of it. */
const SETTLED_MS = 100;

/**
 * The policy of the directory that `CLAIMGATE_POLICIES` names (default `policies`), read again when a file
 * changed. An edit that packaging would refuse is reported once, and the last good policy stays in force.
 * @throws PolicyError while no good policy has been seen
 */
export function currentPolicy(): Policy {
  const directory = policiesDirectory(process.env);
  const { stamp, changedAt } = stateOf(directory);
  if (loaded === undefined) {
    loaded = { policy: loadPolicy(readPolicyDirectory(directory)), stamp };
    return loaded.policy;
  }
  if (stamp === loaded.stamp || stamp === refused || Date.now() - changedAt < SETTLED_MS)
    return loaded.policy;
  try {
    loaded = { policy: loadEdited(directory), stamp };
    log("info", "policy-reloaded", { policyVersion: loaded.policy.version });
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    refused = stamp;
    const findings = error.findings.map(printFinding);
    log("error", "policy-refused", { code: error.code, findings, policyVersion: loaded.policy.version });
  }
  return loaded.policy;
}

/** The same, for functions that ask about addresses only; the build gives them a smaller one. */
export const currentAddressPolicy: () => AddressPolicy = currentPolicy;

/**
 * Loads the policy of a directory as strictly as packaging does, but for what only serverless.yml can tell.
 * @throws PolicyError with everything that the loader and the linter call an error
 */
export function loadEdited(directory: string): Policy {
  const { errors } = lintDirectory(directory, undefined);
  if (errors.length > 0) throw new PolicyError(errors);
  return loadPolicy(readPolicyDirectory(directory));
}
