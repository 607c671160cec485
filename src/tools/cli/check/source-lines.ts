import { type PolicyPlace, policyTexts } from "../../machine/policy-files.ts";
import { linesOf } from "../../text/place.ts";

/** A file as findings name it (`policies/roles.csv`) -> its lines, without files that cannot be read. */
export function readLines(place: PolicyPlace): ReadonlyMap<string, readonly string[]> {
  return new Map([...policyTexts(place)].map(([file, text]) => [file, linesOf(text)]));
}
