import { resolve } from "node:path";
import type { OnLoadResult, PartialMessage, Plugin } from "esbuild";
import { type Finding, PolicyError, printFinding } from "../policy/finding.ts";
import { loadPolicy } from "../policy/load.ts";
import { csvFiles, readPolicyDirectory } from "../runtime/policy-directory.ts";

const NAMESPACE = "claimgate-policy";

/**
 * Puts the policy into the bundle: `#policy-source` becomes a module that holds the files' text, so a
 * deployed function reads no file. A policy that does not load stops the build with its findings.
 */
export function policyPlugin(directory: string): Plugin {
  return {
    name: NAMESPACE,
    setup(build) {
      build.onResolve({ filter: /^#policy-source$/ }, () => ({
        path: resolve(directory),
        namespace: NAMESPACE,
      }));
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => policyModule(path));
    },
  };
}

function policyModule(directory: string): OnLoadResult {
  const watchFiles = [resolve(directory, "model.conf"), ...csvFiles(directory)];
  const sources = readPolicyDirectory(directory);
  try {
    loadPolicy(sources);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return { errors: error.findings.map((finding) => messageOf(finding, sources)), watchFiles };
  }
  const contents = [
    'import { loadPolicy } from "./src/policy/load.ts";',
    `const policy = loadPolicy(${JSON.stringify(sources)});`,
    "export function currentPolicy() { return policy; }",
  ].join("\n");
  return { contents, loader: "ts", resolveDir: resolve("."), watchFiles };
}

function messageOf(finding: Finding, sources: ReturnType<typeof readPolicyDirectory>): PartialMessage {
  const file = [sources.model, ...sources.rows].find((one) => one.path === finding.file);
  const lineText = file?.text.split(/\r?\n/)[finding.line - 1] ?? "";
  return {
    // esbuild counts columns from 0 and prints them so; the text has the place as editors count it.
    text: printFinding(finding),
    location: { file: finding.file, line: finding.line, column: finding.column - 1, lineText },
  };
}
