import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { scriptOptions } from "../support/script-options.ts";
import { buildFunctions } from "./build.ts";
import { countAll, placesOf } from "./collect.ts";
import { differences, readPins, reportOf, writePins } from "./pins.ts";

const USAGE = `npm run counts -- [options]

Prints how the counts of this working copy differ from the pinned ones.

  --write         pins them
  --where NAME    prints where one invocation takes what is counted, such as "HTTP, fresh token"`;

const values = scriptOptions(USAGE, { write: { type: "boolean" }, where: { type: "string" } });

async function answer(folder: string): Promise<string> {
  if (values.where !== undefined) {
    const build = await buildFunctions(folder, { sourcemap: "inline" });
    return (await placesOf(build, values.where)).join("\n");
  }
  const counted = await countAll(await buildFunctions(folder));
  const report = reportOf(differences(readPins(), counted));
  if (values.write === true) writePins(counted);
  return report === "" ? "everything is as pinned" : report;
}

// Below the checkout, so that the bundles find their packages.
mkdirSync(".esbuild", { recursive: true });
const folder = mkdtempSync(resolve(".esbuild", "counts-"));
try {
  console.log(await answer(folder));
} finally {
  rmSync(folder, { recursive: true });
}
