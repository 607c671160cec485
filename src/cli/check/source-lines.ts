import { linesOf } from "../../analysis/place.ts";
import { policyTexts } from "../../runtime/policy-files.ts";

/** A file as findings name it (`policies/roles.csv`) -> its lines. What cannot be read is not there. */
export function readLines(directory: string): ReadonlyMap<string, readonly string[]> {
  return new Map([...policyTexts(directory)].map(([file, text]) => [file, linesOf(text)]));
}
