import { readFileSync, writeFileSync } from "node:fs";
import { bundlePlayground } from "./bundle-playground.ts";
import type { ReleaseManifest } from "./release.ts";

// The playground alone, for the documentation site: node --import tsx src/tools/packaging/build-playground.ts FILE

const [file = "dist/playground.html"] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync("package.json", "utf8")) as ReleaseManifest;
writeFileSync(file, await bundlePlayground(version));
