import { resolve } from "node:path";
import type { OnLoadResult, PartialMessage, Plugin } from "esbuild";
import { type CompiledPolicy, compilePolicy } from "../../policy/compile.ts";
import {
  FINDINGS_SHOWN,
  type Finding,
  moreFindings,
  PolicyError,
  printFinding,
} from "../../policy/finding.ts";
import { csvFiles, readPolicyDirectory } from "../machine/policy-files.ts";
import { type BuiltPolicies, entryPointOf } from "./built-policies.ts";

const NAMESPACE = "claimgate-policy";

/**
 * Puts the policy into the bundle: `#policy-source` becomes a module with the compiled rows, so a deployed function
 * reads no file and parses no CSV. A policy that does not load stops the build with its findings.
 */
export function policyPlugin(directory: string): Plugin {
  return {
    name: NAMESPACE,
    setup(build) {
      build.initialOptions.metafile = true;
      let version: string | undefined;
      build.onResolve({ filter: /^#policy-source$/ }, () => ({
        path: resolve(directory),
        namespace: NAMESPACE,
      }));
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => {
        const module = policyModule(path);
        version = module.version;
        return module.result;
      });
      build.onEnd(({ metafile }) => {
        for (const output of Object.values(metafile?.outputs ?? {})) {
          const holdsPolicy = Object.entries(output.inputs).some(
            ([path, { bytesInOutput }]) => path.startsWith(`${NAMESPACE}:`) && bytesInOutput > 0,
          );
          if (output.entryPoint === undefined) continue;
          const entry = entryPointOf(output.entryPoint);
          if (holdsPolicy && version !== undefined) built.set(entry, version);
          else built.delete(entry);
        }
      });
    },
  };
}

const built = new Map<string, string>();

/** The policies that the builds of this process put into entry points. */
export function builtPolicies(): BuiltPolicies {
  return built;
}

function policyModule(directory: string): {
  readonly result: OnLoadResult;
  readonly version: string | undefined;
} {
  const watchFiles = [resolve(directory, "model.conf"), ...csvFiles(directory)];
  const sources = readPolicyDirectory(directory);
  try {
    const compiled = compilePolicy(sources);
    const result = { contents: moduleText(compiled), resolveDir: resolve("."), watchFiles };
    return { result: { ...result, loader: "ts" }, version: compiled.version };
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    const left = error.findings.length - FINDINGS_SHOWN;
    const errors: PartialMessage[] = error.findings
      .slice(0, FINDINGS_SHOWN)
      .map((finding) => messageOf(finding, sources));
    if (left > 0) errors.push({ text: moreFindings(left) });
    return { result: { errors, watchFiles }, version: undefined };
  }
}

/**
 * Two functions, of which a handler imports one; esbuild drops the other with its rows. V8 reads JSON in a string
 * fastest.
 */
function moduleText(compiled: CompiledPolicy): string {
  const { model: _model, ...addresses } = {
    ...compiled,
    rows: compiled.rows.filter(([type]) => type === "p2" || type === "g3"),
  };
  const literal = (value: unknown) => JSON.stringify(JSON.stringify(value));
  return [
    'import { assembleAddresses, assemblePolicy } from "./src/policy/assemble.ts";',
    `const whole = ${literal(compiled)};`,
    `const addresses = ${literal(addresses)};`,
    "let policy;",
    "let addressPolicy;",
    "export function currentPolicy() { return (policy ??= assemblePolicy(JSON.parse(whole))); }",
    "export function currentAddressPolicy() {",
    "  return (addressPolicy ??= assembleAddresses(JSON.parse(addresses)));",
    "}",
  ].join("\n");
}

function messageOf(finding: Finding, sources: ReturnType<typeof readPolicyDirectory>): PartialMessage {
  const file = [sources.model, ...sources.rows].find((one) => one.path === finding.file);
  const lineText = file?.text.split(/\r?\n/)[finding.line - 1] ?? "";
  return {
    // esbuild counts and prints columns from 0; the message has the place as editors count it.
    text: printFinding(finding),
    location: { file: finding.file, line: finding.line, column: finding.column - 1, lineText },
  };
}
