// Prints how the counts differ from the pinned ones, or pins them: npm run counts [-- --write]
import { mkdtempSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { buildFunctions } from "./build.ts";
import { countAll } from "./collect.ts";
import { differences, readPins, reportOf, writePins } from "./pins.ts";

// Below the checkout, so that the bundles find their packages.
const folder = mkdtempSync(resolve(".esbuild", "counts-"));
try {
  const counted = await countAll(await buildFunctions(folder));
  const report = reportOf(differences(readPins(), counted));
  if (process.argv.includes("--write")) writePins(counted);
  console.log(report === "" ? "everything is as pinned" : report);
} finally {
  rmSync(folder, { recursive: true });
}
