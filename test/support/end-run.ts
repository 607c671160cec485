import { readdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";

/** @throws Error if a test, or a command that it ran, left something in the temporary directory */
// biome-ignore lint/style/noDefaultExport: jest takes the default export.
export default function endRun(): void {
  const { TEST_RUN: shared, TMPDIR: temporary } = process.env;
  if (shared === undefined || temporary === undefined) return;
  // serverless-esbuild leaves a folder for each archive; what is ours begins with our name.
  const left = readdirSync(temporary).filter((name) => name.startsWith("claimgate"));
  for (const folder of [shared, temporary]) rmSync(folder, { recursive: true, force: true });
  process.env["TMPDIR"] = dirname(temporary);
  if (left.length > 0) throw new Error(`tests left in the temporary directory: ${left.sort().join(", ")}`);
}
