import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import typescript from "typescript";
import { browserBuild } from "./browser-build.ts";
import { privateImports, publishedManifest, type RootManifest } from "./published-manifest.ts";
import { writeDeclarations, writeModules } from "./stage-modules.ts";

// `npm run package`: the package as it is published, in dist/package or the given folder. The root's package.json
// stays as it is: it serves the work on this repository (docs/adr/0050-doors.md).

const folder = process.argv[2] ?? "dist/package";
const dist = join(folder, "dist");
const run = (...args: readonly string[]) => execFileSync(process.execPath, args, { stdio: "inherit" });

rmSync(folder, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

run("--import", "tsx", "src/tools/packaging/bundle-cli.ts", dist);

const root = JSON.parse(readFileSync("package.json", "utf8")) as RootManifest;
const doors = readdirSync("src/library").map((name) => join("library", name.replace(/\.ts$/, "")));
await writeModules(
  doors.map((door) => `src/${door}.ts`),
  root,
  dist,
);

// In one file each: casbin imports modules of Node, which no bundler finds for a browser.
for (const [format, extension] of [
  ["esm", "js"],
  ["cjs", "cjs"],
] as const) {
  await build({
    ...browserBuild(),
    format,
    legalComments: "eof",
    entryPoints: ["src/library/policy.ts"],
    outfile: join(dist, `browser/policy.${extension}`),
  });
}

const define = { BUILT_MODEL: JSON.stringify(readFileSync("policies/model.conf", "utf8")) };
const tool = {
  bundle: true,
  minify: true,
  keepNames: true,
  format: "cjs",
  platform: "node",
  target: "node20.19",
  external: Object.keys(root.dependencies),
  define,
  logLevel: "warning",
} as const;
await build({
  ...tool,
  entryPoints: ["src/tools/packaging/plugin/claimgate-plugin.ts"],
  outfile: join(dist, "serverless.cjs"),
  // The framework expects the plugin itself as the module.
  footer: { js: "module.exports = module.exports.ClaimgatePlugin;" },
});
cpSync("src/tools/packaging/serverless-door.d.cts", join(dist, "serverless.d.cts"));
/** The doors of tools, each in one file: its name, its source and what it exports. */
const TOOL_DOORS = [
  ["esbuild", "src/tools/packaging/esbuild-door.ts", "claimgatePolicy"],
  ["cognito", "src/tools/cognito-server/testing/start-cognito.ts", "startCognito"],
] as const;

for (const [door, source, exported] of TOOL_DOORS) {
  await build({ ...tool, entryPoints: [source], outfile: join(dist, `${door}.cjs`) });
  const module = `import door from "./${door}.cjs";\n\nexport const { ${exported} } = door;\n`;
  writeFileSync(join(dist, `${door}.js`), module);
}

const types = join(folder, "types");
run("node_modules/typescript/bin/tsc", "-p", "tsconfig.library.json", "--outDir", types);
const bridges = privateImports(root).map((path) => path.replace(/^src\/|\.ts$/g, ""));
writeDeclarations([...doors, ...bridges], types, dist);
rmSync(types, { recursive: true });
// Their types need no other module of claimgate, so they need no check of all the tools.
for (const [door, source] of TOOL_DOORS) {
  const { outputText } = typescript.transpileDeclaration(readFileSync(source, "utf8"), {});
  for (const extension of ["d.ts", "d.cts"]) writeFileSync(join(dist, `${door}.${extension}`), outputText);
}

for (const path of ["policies/model.conf", "schemas", "skills", "README.md", "LICENSE", "CHANGELOG.md"]) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  cpSync(path, join(folder, path), { recursive: true });
}
writeFileSync(join(folder, "package.json"), `${JSON.stringify(publishedManifest(root), null, 2)}\n`);
