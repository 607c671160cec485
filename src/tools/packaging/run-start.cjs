// `npm start`: bundles the local stack and its Serverless plugin, and runs it. Both are some 250 files of TypeScript:
// one bundle loads in a fraction of the time that translating each file takes, here and in the two processes of the
// framework. docs/adr/0068-start-from-a-bundle.md
"use strict";
const { mkdirSync, renameSync, writeFileSync } = require("node:fs");
const { basename, join } = require("node:path");
const { pathToFileURL } = require("node:url");

const root = join(__dirname, "../../..");
const start = join(root, "src/tools/local/start.ts");
const plugin = join(__dirname, "serverless-plugin.ts");
const folder = join(root, ".esbuild/start");

async function run() {
  const { outputFiles } = await require("esbuild").build({
    entryPoints: [start, plugin],
    outdir: folder,
    entryNames: "[name]",
    outExtension: { ".js": ".cjs" },
    write: false,
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20.19",
    format: "cjs",
    // Only modules next to start.ts may ask where they are.
    define: { "import.meta.url": JSON.stringify(pathToFileURL(start).href) },
    logLevel: "warning",
  });
  try {
    mkdirSync(folder, { recursive: true });
    for (const { path, contents } of outputFiles) replaceFile(path, contents);
  } catch ({ code }) {
    process.stderr.write(
      `\`.esbuild\` cannot be written (${code}); run npm start as the owner of ${root}, or in a clone of your own\n`,
    );
    process.exit(1);
  }
  process.env.CLAIMGATE_BUNDLED_PLUGIN = join(folder, "serverless-plugin.cjs");
  await require(join(folder, "start.cjs")).start(process.argv.slice(2));
}

/** Another stack may be loading it. */
function replaceFile(path, contents) {
  const draft = join(folder, `${process.pid}-${basename(path)}`);
  writeFileSync(draft, contents);
  renameSync(draft, path);
}

// What esbuild reports of a source it prints itself.
run().catch((error) => {
  if (error.errors === undefined) process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
