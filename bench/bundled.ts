// Bundles a benchmark as serverless.yml bundles functions, and runs it: what is measured is what is deployed.
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { parse } from "yaml";
import { objectOf, textsOf } from "../src/json.ts";

/** How functions find the package and are made small: the options of esbuild in serverless.yml. */
export function deployedOptions(): BuildOptions {
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
