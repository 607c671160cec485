import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

/** Writes the result of a benchmark as JSON to the file that `--json FILE` names, if it does. */
export function record(result: unknown): void {
  const { values } = parseArgs({ options: { json: { type: "string" } } });
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
}
