import type { FindingPlace } from "../findings/place.ts";
import type { PlaceOf } from "./function-environment.ts";
import type { SetParameter, StageParameters } from "./stage-parameters.ts";

/** What sets the value in force; a parameter that nothing sets belongs to `params.default`. */
export function settingOf(name: string, { sections }: StageParameters): SetParameter {
  return { name, section: sections.has(name) ? sections.get(name) : "default" };
}

export function placeOfSetting({ name, section }: SetParameter, placeOf: PlaceOf): FindingPlace {
  return section === undefined
    ? { kind: "parameter", parameter: name }
    : { kind: "file", ...placeOf(["params", section, name]) };
}
