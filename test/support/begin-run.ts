import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/**
 * Makes the folders of one run of jest: TEST_RUN for what its files share, and TMPDIR, so that whatever the tests, the
 * framework and the packages of both leave in the temporary directory is gone afterwards.
 */
// biome-ignore lint/style/noDefaultExport: jest takes the default export.
export default function beginRun(): void {
  // Below the checkout, so that a program in it finds the packages.
  const parent = resolve(".esbuild");
  mkdirSync(parent, { recursive: true });
  process.env["TEST_RUN"] = mkdtempSync(join(parent, "test-run-"));
  process.env["TMPDIR"] = mkdtempSync(join(tmpdir(), "claimgate-tests-"));
}
