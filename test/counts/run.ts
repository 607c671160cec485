// npm run counts: prints how the counts differ from the pinned ones
// npm run counts -- --write: pins them
// npm run counts -- --where "HTTP, fresh token": prints where one invocation takes what is counted
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildFunctions } from "./build.ts";
import { countAll, placesOf } from "./collect.ts";
import { differences, readPins, reportOf, writePins } from "./pins.ts";

const { values } = parseArgs({ options: { write: { type: "boolean" }, where: { type: "string" } } });

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
