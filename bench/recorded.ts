import { writeFileSync } from "node:fs";
import { scriptOptions } from "../test/support/script-options.ts";

// When the benchmark starts, not when it ends.
const values = scriptOptions("npm run bench:NAME -- [--json FILE]", { json: { type: "string" } });

/** Writes the result of a benchmark as JSON to the file that `--json FILE` names, if it does. */
export function record(result: unknown): void {
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
}
