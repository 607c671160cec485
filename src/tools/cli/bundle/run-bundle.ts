import { resolve } from "node:path";
import { ClaimgateError, ConfigurationError } from "../../../errors.ts";
import type { CompiledPolicy, PolicySources } from "../../../policy/compile.ts";
import { parsePolicy } from "../../../policy/parse.ts";
import { nearest } from "../../../policy/suggestion.ts";
import { createPoolAlias } from "../../../token/issuer.ts";
import { createScopePrefix } from "../../../triggers/token-content.ts";
import { archiveOf } from "../../archives/archive.ts";
import { FUNCTION_NAMES, type FunctionName } from "../../archives/functions.ts";
import { type BundleManifest, bundleManifest } from "../../archives/manifest.ts";
import { shippedFunctions } from "../../archives/shipped-functions.ts";
import { compileDirectory } from "../../checking/compile-directory.ts";
import { parseGroupsFile } from "../../lint/groups-file.ts";
import { CommandError } from "../../machine/command-error.ts";
import { readGroupsFile, readPolicyDirectory } from "../../machine/policy-files.ts";
import { counted } from "../../text/counted.ts";
import { BUILT } from "../terminal/built.ts";
import type { CommonOptions } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { type PolicyOptions, policiesOf, unreadable } from "../terminal/policy-options.ts";
import type { BundleJson } from "./bundle-contract.ts";
import { directoryStaleness, MANIFEST, type OutputFiles, writeDirectory } from "./output-directory.ts";

export interface BundleArguments extends CommonOptions, PolicyOptions {
  readonly output: string;
  readonly functions?: string;
  readonly scopePrefix?: string;
  readonly poolAlias?: string;
  readonly shadowPolicies?: string;
  readonly check?: true;
}

/** `claimgate bundle`. @throws CommandError, PolicyError if the policy has errors */
export function runBundle(context: Context, options: BundleArguments): Promise<ExitCode> {
  const wanted = functionsOf(options.functions);
  const policy = readPolicy(context, options);
  const { compiled } = policy;
  const shadow = readShadow(context, options);
  const parts = { claimgate: BUILT.version, compiled, shadow, libraries: shippedFunctions() };
  const archives = wanted.map((name) => archiveOf(name, parts));
  const manifest = bundleManifest({
    claimgate: BUILT.version,
    policyVersion: compiled.version,
    archives,
    rows: parsePolicy(policy.sources.rows).rows,
    groups: policy.groups,
    scopePrefix: optionOf("--scope-prefix", () => createScopePrefix(options.scopePrefix)) ?? "",
    poolAlias: optionOf("--pool-alias", () => createPoolAlias(options.poolAlias)),
  });
  const files: OutputFiles = new Map([
    ...archives.map(({ file, bytes }) => [file, bytes] as const),
    [MANIFEST, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)],
  ]);
  const path = resolve(context.directory, options.output);
  const stale = directoryStaleness(path, files);
  if (options.check !== true) writeDirectory(path, options.output, files);
  report(context, options, jsonOf(options, manifest, stale));
  return Promise.resolve(options.check === true && stale !== undefined ? EXIT.no : EXIT.ok);
}

function readPolicy(context: Context, options: BundleArguments) {
  try {
    const directory = policiesOf(context, options);
    const compiled: CompiledPolicy = compileDirectory(directory);
    const sources: PolicySources = readPolicyDirectory(directory);
    const file = readGroupsFile(directory);
    const groups = file === undefined ? [] : (parseGroupsFile(file.path, file.text).groups ?? []);
    return { compiled, sources, groups };
  } catch (cause) {
    if (cause instanceof ClaimgateError) throw cause;
    throw unreadable(context, options, cause);
  }
}

/** The candidate, linted as the policy is; undefined: no shadow. */
function readShadow(
  context: Context,
  { shadowPolicies, ...options }: BundleArguments,
): CompiledPolicy | undefined {
  return shadowPolicies === undefined
    ? undefined
    : readPolicy(context, { ...options, policies: shadowPolicies }).compiled;
}

/** In the order of the catalogue, so that the order of the option has no effect. */
function functionsOf(list: string | undefined): readonly FunctionName[] {
  if (list === undefined) return FUNCTION_NAMES;
  const names = new Set(list.split(",").map((name) => name.trim()));
  for (const name of names) {
    if (FUNCTION_NAMES.some((one) => one === name)) continue;
    const meant = nearest(name, FUNCTION_NAMES);
    throw new CommandError("command_usage", `there is no function \`${name}\``, {
      fix: meant === undefined ? `choose from ${FUNCTION_NAMES.join(", ")}` : `did you mean \`${meant}\`?`,
    });
  }
  return FUNCTION_NAMES.filter((name) => names.has(name));
}

function optionOf<T>(flag: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof ConfigurationError)) throw cause;
    throw new CommandError("command_usage", `\`${flag}\`: ${cause.message}`, { cause });
  }
}

function jsonOf(
  { output, check }: BundleArguments,
  { policyVersion, functions }: BundleManifest,
  stale: string | undefined,
): BundleJson {
  return {
    directory: output,
    policyVersion,
    functions: Object.entries(functions).map(([name, { archive, bytes, sha256 }]) => ({
      name,
      archive,
      bytes,
      sha256,
    })),
    written: check !== true,
    stale: stale ?? null,
  };
}

function report({ output }: Context, { check }: BundleArguments, result: BundleJson): void {
  const { directory, policyVersion, functions, stale } = result;
  if (output.format === "json") output.json(result);
  else if (check === true) {
    const state = stale === null ? `is current: policy version ${policyVersion}` : `is stale: ${stale}`;
    output.screen.line(`${directory} ${state}`);
  } else {
    const width = Math.max(...functions.map(({ archive }) => archive.length));
    for (const { archive, bytes } of functions) {
      output.screen.line(`  ${archive.padEnd(width)} ${kilobytes(bytes).padStart(7)}`);
    }
    const archives = counted(functions.length, "archive");
    output.screen.line(`wrote ${archives} and ${MANIFEST} to ${directory}: policy version ${policyVersion}`);
  }
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} KB`;
}
