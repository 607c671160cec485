import { rmSync } from "node:fs";

// biome-ignore lint/style/noDefaultExport: jest takes the default export.
export default function endRun(): void {
  const folder = process.env["TEST_RUN"];
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}
