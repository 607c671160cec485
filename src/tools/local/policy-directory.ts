import { errorFields, log } from "../../lambda/log.ts";
import { PolicyError, printFindings } from "../../policy/finding.ts";
import { loadPolicy } from "../../policy/load.ts";
import type { AddressPolicy, Policy } from "../../policy/policy.ts";
import { policiesDirectory, readPolicyDirectory, stateOf } from "../machine/policy-files.ts";
import { loadEdited, readLastGood } from "./last-good-policy.ts";

// Local builds read the directory; packaged functions get the compiled policy instead
// (src/tools/packaging/policy-plugin.ts replaces this module).

interface Loaded {
  readonly policy: Policy;
  readonly stamp: string;
}

let loaded: Loaded | undefined;
let refused: string | undefined;

/**
 * Programs write a file in several steps: a file that changed less than this ago, in milliseconds, may be incomplete.
 */
const SETTLED_MS = 100;

/**
 * The policy of the directory that `CLAIMGATE_POLICIES` names (default `policies`), read again when a file changes. An
 * edit that packaging would refuse, or a missing file, is reported once, and the last good policy stays in force: the
 * one that this function loaded, at first the one that the local stack kept (last-good-policy.ts).
 * @throws PolicyError, or an error of the file system, if there is no good policy
 */
export function currentPolicy(): Policy {
  const directory = policiesDirectory(process.env);
  loaded ??= firstOf(directory);
  let stamp = "unreadable";
  try {
    const state = stateOf(directory);
    stamp = state.stamp;
    const known = stamp === loaded.stamp || stamp === refused;
    if (known || Date.now() - state.changedAt < SETTLED_MS) return loaded.policy;
    loaded = loadEdited(directory);
    log("info", "policy-reloaded", { policyVersion: loaded.policy.version });
  } catch (error) {
    if (refused !== stamp) refuse(error, loaded.policy);
    refused = stamp;
  }
  return loaded.policy;
}

/** Without a local stack, as for `sls invoke local`, the directory is all there is. */
function firstOf(directory: string): Loaded {
  const kept = process.env["CLAIMGATE_LOCAL_POLICY"];
  const good = kept === undefined ? undefined : readLastGood(kept);
  if (good !== undefined) return good;
  const { stamp } = stateOf(directory);
  return { policy: loadPolicy(readPolicyDirectory(directory)), stamp };
}

function refuse(error: unknown, { version }: Policy): void {
  const findings = error instanceof PolicyError ? printFindings(error.findings) : [];
  log("error", "policy-refused", { ...errorFields(error), findings, policyVersion: version });
}

/** None: an edit of a local policy takes effect at once (docs/local-fidelity.md). */
export const currentShadowPolicy = (): Policy | undefined => undefined;

/** The same, for functions that ask about addresses only; the build gives them a smaller one. */
export const currentAddressPolicy: () => AddressPolicy = currentPolicy;
