// Bundles a benchmark as serverless.yml bundles functions, and runs it: what is measured is what is deployed.
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { parse } from "yaml";
import { objectOf, textsOf } from "../src/json.ts";
import { compilePolicy } from "../src/policy/compile.ts";
import { readPolicyDirectory } from "../src/tools/machine/policy-files.ts";
import { policyBundling } from "../src/tools/packaging/policy-bundling.ts";

/** How functions find the package and are made small: the options of esbuild in serverless.yml. */
function deployedOptions(): BuildOptions {
  const custom = objectOf(
    objectOf(parse(readFileSync("serverless.yml", "utf8"), { logLevel: "error" }))["custom"],
  );
  const { minify, minifyWhitespace, minifySyntax, minifyIdentifiers, keepNames, conditions } = objectOf(
    custom["esbuild"],
  );
  const small = Object.entries({ minify, minifyWhitespace, minifySyntax, minifyIdentifiers, keepNames });
  return {
    ...Object.fromEntries(small.filter(([, value]) => typeof value === "boolean")),
    conditions: [...textsOf(conditions)],
  };
}

/** A function as serverless.yml bundles it, but for its entry and its plugins. */
export function asFunction(): BuildOptions {
  return {
    bundle: true,
    ...deployedOptions(),
    platform: "node",
    format: "cjs",
    external: ["@aws-sdk/*"],
    supported: { "dynamic-import": false },
    logLevel: "error",
  };
}

/** What functions are bundled with: the compiled policy of a folder, and nothing that they do not use. */
export function bundlingOf(policies: string): Plugin {
  return policyBundling(policies, (directory) => compilePolicy(readPolicyDirectory(directory)));
}

const [entry, ...rest] = process.argv.slice(2);
if (process.argv[1] === import.meta.filename && entry !== undefined) {
  // Below the checkout, so that it finds the packages.
  const outfile = resolve(".esbuild", `bench-${process.pid}.mjs`);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "error",
    ...deployedOptions(),
  });
  try {
    execFileSync(process.execPath, [outfile, ...rest], { stdio: "inherit" });
  } finally {
    rmSync(outfile);
  }
}
