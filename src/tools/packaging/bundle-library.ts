import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

// `npm pack`, which every installation of claimgate as a package runs: builds the exports of package.json,
// dist/library and its types in dist/types, and the Serverless plugin dist/serverless.cjs. `npm ci` does not run it,
// since this repository does not use them.

const LIBRARY = "dist/library";
const TYPES = "dist/types";

for (const folder of [LIBRARY, TYPES]) rmSync(folder, { recursive: true, force: true });
await build({
  entryPoints: readdirSync("src/library").map((name) => join("src/library", name)),
  outdir: LIBRARY,
  bundle: true,
  splitting: true,
  keepNames: true,
  // Since 20.19, Node also loads an ES module with `require`.
  format: "esm",
  platform: "node",
  target: "node20.19",
  packages: "external",
  logLevel: "warning",
});
await build({
  entryPoints: ["src/tools/packaging/serverless-guard.ts"],
  outfile: "dist/serverless.cjs",
  bundle: true,
  minify: true,
  keepNames: true,
  format: "cjs",
  platform: "node",
  target: "node20.19",
  external: ["casbin", "aws-jwt-verify"],
  define: { BUILT_MODEL: JSON.stringify(readFileSync("policies/model.conf", "utf8")) },
  // The framework expects the plugin itself as the module.
  footer: { js: "module.exports = module.exports.ClaimgateGuard;" },
  logLevel: "warning",
});
const tsc = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.library.json"], {
  stdio: "inherit",
});
if (tsc.status !== 0) process.exit(tsc.status ?? 1);
// The compiler keeps file extensions of imports in declarations, and the package has no .ts files.
for (const name of readdirSync(TYPES, { recursive: true, encoding: "utf8" })) {
  if (!name.endsWith(".d.ts")) continue;
  const file = join(TYPES, name);
  writeFileSync(file, readFileSync(file, "utf8").replace(/(["'])(\.{1,2}\/[^"']+)\.ts\1/g, "$1$2.js$1"));
}
