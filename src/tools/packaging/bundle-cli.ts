import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { build } from "esbuild";
import { apartPlugin } from "./apart-plugin.ts";
import { bundleFunctions } from "./bundle-functions.ts";
import { bundlePlayground } from "./bundle-playground.ts";
import { type ReleaseManifest, repositoryPage } from "./release.ts";

// `npm run prepare`, which `npm ci` runs: builds the `claimgate` command, dist/claimgate.cjs and the files next to it,
// from src/tools/cli, and functions/, which `claimgate bundle` archives. Tests pass another folder than `dist`, so that
// they test the current src.

const folder = process.argv[2] ?? "dist";
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as ReleaseManifest & {
  readonly dependencies: Readonly<Record<string, string>>;
};

rmSync(join(folder, "claimgate.cjs"), { force: true });
// Made meanwhile; an error of it ends this program.
const page = bundlePlayground(manifest.version);
await build({
  entryPoints: ["src/tools/cli/main.ts"],
  outfile: join(folder, "command.cjs"),
  bundle: true,
  minify: true,
  keepNames: true,
  // Node starts a CommonJS program some 20 ms faster, and lazy imports stay lazy in one file.
  format: "cjs",
  supported: { "dynamic-import": false },
  platform: "node",
  target: "node20.19",
  // Exactly the package's `dependencies`: any other external module is missing where the package is installed.
  external: Object.keys(manifest.dependencies).flatMap((name) => [name, `${name}/*`]),
  plugins: [apartPlugin(folder)],
  define: {
    BUILT_VERSION: JSON.stringify(manifest.version),
    BUILT_REPOSITORY: JSON.stringify(repositoryPage(manifest) ?? null),
    // `claimgate init` writes it, and the command may be installed without the sample's policies/.
    BUILT_MODEL: JSON.stringify(readFileSync("policies/model.conf", "utf8")),
    BUILT_TEMPLATES: JSON.stringify(JSON.stringify(filesBelow("templates/new"))),
  },
  logLevel: "warning",
});
await bundleFunctions(join(folder, "functions"));
writeFileSync(join(folder, "playground.html"), await page);
// An old Node cannot parse the command itself, so the version check is a file of its own.
const requireNode = readFileSync("src/tools/packaging/require-node.cjs", "utf8");
writeFileSync(
  join(folder, "claimgate.cjs"),
  `#!/usr/bin/env node\n${requireNode}require("./command.cjs");\n`,
);
chmodSync(join(folder, "claimgate.cjs"), 0o755);

/** Every file below a folder, with its path there. */
function filesBelow(directory: string): readonly { readonly path: string; readonly text: string }[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ path: relative(directory, path), text: readFileSync(path, "utf8") }));
}
