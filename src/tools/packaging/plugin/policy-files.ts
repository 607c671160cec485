import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { type CompiledPolicy, compilePolicy } from "../../../policy/compile.ts";
import { PolicyError, printFindings } from "../../../policy/finding.ts";
import { compileDirectory } from "../../checking/compile-directory.ts";
import type { PolicyReport } from "../../checking/lint-directory.ts";
import { fileStaleness } from "../../machine/compiled-file.ts";
import { whyNotRead } from "../../machine/file-reason.ts";
import { readPolicyDirectory } from "../../machine/policy-files.ts";
import { PluginError } from "./framework.ts";
import { type LocatedService, lintService } from "./service-checks.ts";
import type { Settings } from "./settings.ts";
import type { SettingError } from "./written-settings.ts";

/** The directory of the policy. */
export function policyDirectory({ policies }: Settings, serviceDir: string): string {
  return resolve(serviceDir, policies);
}

export function hasPolicyDirectory(settings: Settings, serviceDir: string): boolean {
  const directory = policyDirectory(settings, serviceDir);
  return statSync(directory, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The error for a directory of the policy that does not exist. */
export function missingPolicy(settings: Settings): SettingError {
  const why = `is \`${settings.policies}\`, which is not a directory`;
  const fix = "restore it from version control, or name the directory of the rows";
  return settings.invalid(["policies"], why, fix);
}

/** The policy of the settings, compared with the service. @throws PluginError if it cannot be read */
export function lintPolicy(settings: Settings, located: LocatedService): PolicyReport {
  const { policies } = settings;
  try {
    return lintService(located, policyDirectory(settings, located.serviceDir));
  } catch (error) {
    const message = `the policy in \`${policies}\` cannot be read: ${whyNotRead(error)}`;
    throw new PluginError("CLAIMGATE_POLICY_UNREADABLE", message);
  }
}

/** The policy of the settings, after it was linted. @throws PolicyError if it does not compile all the same */
export function compiledPolicy(settings: Settings, serviceDir: string): CompiledPolicy {
  return compilePolicy(readPolicyDirectory(policyDirectory(settings, serviceDir)));
}

/** The candidate of a shadow, linted on its own: its routes need not be deployed yet. @throws PluginError */
export function compiledShadow({ shadowPolicies }: Settings, serviceDir: string): CompiledPolicy | undefined {
  if (shadowPolicies === undefined) return undefined;
  try {
    return compileDirectory(resolve(serviceDir, shadowPolicies));
  } catch (error) {
    const why = error instanceof PolicyError ? printFindings(error.findings).join("\n") : whyNotRead(error);
    const message = `the candidate policy in \`${shadowPolicies}\` cannot be packaged: ${why}`;
    throw new PluginError("CLAIMGATE_POLICY_INVALID", message);
  }
}

/** The same for a function that runs on this machine. @throws PluginError if it does not compile */
export function readyPolicy(settings: Settings, serviceDir: string): CompiledPolicy {
  try {
    return compiledPolicy(settings, serviceDir);
  } catch (error) {
    const message = `the policy in \`${settings.policies}\` does not compile: ${whyNotRead(error)}`;
    throw new PluginError("CLAIMGATE_POLICY_INVALID", message);
  }
}

/**
 * Compares the compiled policies that functions bundle with the rows.
 *
 * @throws PluginError for the first one that is missing or stale
 */
export function refuseStale(
  { policies, compiled: files, invalid }: Settings,
  serviceDir: string,
  current: CompiledPolicy,
): void {
  for (const file of files) {
    const path = resolve(serviceDir, file);
    const fix = `run \`claimgate compile --policies ${policies} --output ${file}\``;
    if (!existsSync(path)) throw invalid(["compiled"], `names \`${file}\`, which does not exist`, fix);
    const why = fileStaleness(path, current);
    if (why === undefined) continue;
    throw new PluginError("CLAIMGATE_POLICY_STALE", `\`${file}\` is stale: ${why}; ${fix}`);
  }
}
