import { mkdirSync, mkdtempSync } from "node:fs";
import { join, resolve } from "node:path";

/** Makes the folder for what the files of one run of jest share: TEST_RUN. */
// biome-ignore lint/style/noDefaultExport: jest takes the default export.
export default function beginRun(): void {
  // Below the checkout, so that a program in it finds the packages.
  const parent = resolve(".esbuild");
  mkdirSync(parent, { recursive: true });
  process.env["TEST_RUN"] = mkdtempSync(join(parent, "test-run-"));
}
