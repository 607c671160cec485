import type { Finding } from "../../findings/finding.ts";
import type { FindingPlace } from "../../findings/place.ts";
import type { FindingJson } from "./check-contract.ts";

/** A finding as every command prints it with `--format json`. */
export function findingJson({ id, severity, place, message, fix, suggestions }: Finding): FindingJson {
  return {
    rule: id,
    severity,
    ...placeJson(place),
    message,
    ...(fix !== undefined && { fix }),
    ...(suggestions !== undefined && { suggestions }),
  };
}

export function placeJson({ kind: _kind, ...place }: FindingPlace): Omit<FindingPlace, "kind"> {
  return place;
}
