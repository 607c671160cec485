import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import type { OnLoadResult, PartialMessage, Plugin } from "esbuild";
import { messageOf } from "../../errors.ts";
import { objectOf } from "../../json.ts";
import { type CompiledPolicy, compilePolicy } from "../../policy/compile.ts";
import { compiledAddresses } from "../../policy/compiled-addresses.ts";
import {
  FINDINGS_SHOWN,
  type Finding,
  moreFindings,
  PolicyError,
  printFinding,
} from "../../policy/finding.ts";
import { indexedPolicy } from "../../policy/indexed-policy.ts";
import { csvFiles, policyTexts, readPolicyDirectory } from "../machine/policy-files.ts";
import { type BuiltPolicies, entryPointOf } from "./built-policies.ts";

const NAMESPACE = "claimgate-policy";

/** The compiled policy of a directory. @throws PolicyError, or an error of the file system */
export type Compile = (directory: string) => CompiledPolicy;

const compileRows: Compile = (directory) => compilePolicy(readPolicyDirectory(directory));

/** The candidate of a shadow: its directory, and what compiles it. */
export interface ShadowSource {
  readonly directory: string;
  readonly compile: Compile;
}

/**
 * Puts the policy into the bundle: `#compiled-policy`, a private import of this package, becomes a module with the
 * compiled rows, so a deployed function reads no file and parses no CSV. A policy that does not compile stops the build
 * with its findings.
 */
export function policyPlugin(
  directory: string,
  compile = compileRows,
  shadow: ShadowSource | undefined = undefined,
): Plugin {
  return {
    name: NAMESPACE,
    setup(build) {
      build.initialOptions.metafile = true;
      let version: string | undefined;
      build.onResolve({ filter: /^#compiled-policy$/ }, ({ importer }) =>
        // Source maps name the path, and another machine has another root.
        isOwnModule(importer) ? { path: relative(".", resolve(directory)), namespace: NAMESPACE } : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => {
        const module = policyModule(resolve(path), compile, shadow);
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

/** Shared by all copies of this module in a process: those of claimgate/serverless and of claimgate/esbuild. */
const BUILT = Symbol.for("claimgate.built-policies");
const shared = globalThis as { [BUILT]?: Map<string, string> };
shared[BUILT] ??= new Map();
const built = shared[BUILT];

/** The policies that the builds of this process put into entry points. */
export function builtPolicies(): BuiltPolicies {
  return built;
}

/** Whether a module of the room `lambda` is one of claimgate, in this repository or installed. */
export function isOwnModule(path: string): boolean {
  try {
    const manifest: unknown = JSON.parse(readFileSync(resolve(dirname(path), "../../package.json"), "utf8"));
    return objectOf(manifest)["name"] === "claimgate";
  } catch {
    return false;
  }
}

function policyModule(
  directory: string,
  compile: Compile,
  shadow: ShadowSource | undefined,
): { readonly result: OnLoadResult; readonly version: string | undefined } {
  const watchFiles: string[] = [];
  let reading = directory;
  try {
    const read = (from: string, by: Compile) => {
      reading = from;
      watchFiles.push(resolve(from, "model.conf"), ...csvFiles(from));
      return by(from);
    };
    const compiled = read(directory, compile);
    const candidate = shadow && read(resolve(shadow.directory), shadow.compile);
    return { result: { contents: moduleText(compiled, candidate), watchFiles }, version: compiled.version };
  } catch (error) {
    const errors =
      error instanceof PolicyError
        ? messagesOf(error, policyTexts(reading))
        : [{ text: `the policy in ${reading} cannot be read: ${messageOf(error)}` }];
    return { result: { errors, watchFiles }, version: undefined };
  }
}

/** Functions; esbuild drops those that a handler does not import. V8 reads JSON in a string fastest. */
function moduleText(compiled: CompiledPolicy, candidate: CompiledPolicy | undefined): string {
  const parsed = (value: unknown) => `JSON.parse(${JSON.stringify(JSON.stringify(value))})`;
  return `export const storedPolicy = () => ${parsed(indexedPolicy(compiled))};
export const storedAddresses = () => ${parsed(compiledAddresses(compiled))};
export const storedShadow = () => ${candidate === undefined ? "undefined" : parsed(indexedPolicy(candidate))};`;
}

function messagesOf({ findings }: PolicyError, texts: ReadonlyMap<string, string>): PartialMessage[] {
  const left = findings.length - FINDINGS_SHOWN;
  const shown = findings.slice(0, FINDINGS_SHOWN).map((finding) => messageFor(finding, texts));
  return left > 0 ? [...shown, { text: moreFindings(left) }] : shown;
}

function messageFor(finding: Finding, texts: ReadonlyMap<string, string>): PartialMessage {
  const lineText = texts.get(finding.file)?.split(/\r?\n/)[finding.line - 1] ?? "";
  return {
    // esbuild counts and prints columns from 0; the message has the place as editors count it.
    text: printFinding(finding),
    location: { file: finding.file, line: finding.line, column: finding.column - 1, lineText },
  };
}
