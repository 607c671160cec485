import { type JsonObject, objectOf } from "../../json.ts";
import { nearest } from "../../policy/suggestion.ts";
import { printPlace } from "../findings/place.ts";
import type { At } from "../text/place.ts";

/** Settings of a service in `custom.claimgate` of its serverless.yml. */
export interface Settings {
  readonly values: JsonObject;
  /** The place of a setting, or of `custom.claimgate` for an empty name, before what is wrong with it. */
  readonly wrong: (name: string, message: string) => string;
}

/**
 * Strict: ignoring a setting would switch a check off.
 *
 * @param known the names that the plugin reads
 * @param placeOf finds where a path of names from the top of serverless.yml is written
 * @throws RangeError with what is wrong
 */
export function readSettings(
  custom: unknown,
  known: readonly string[],
  placeOf: (path: readonly string[]) => At,
): Settings {
  const wrong = (name: string, message: string) => {
    const path = ["custom", "claimgate", name].filter((part) => part !== "");
    return `${printPlace({ kind: "file", ...placeOf(path) })}: ${message}`;
  };
  const { claimgate } = objectOf(custom);
  if (claimgate !== undefined && claimgate !== null && !isMap(claimgate)) {
    throw new RangeError(wrong("", `\`custom.claimgate\` is not a map; ${expected(known)}`));
  }
  const values = objectOf(claimgate);
  const unknown = Object.keys(values).find((name) => !known.includes(name));
  if (unknown === undefined) return { values, wrong };
  const meant = nearest(unknown, known);
  const fix = meant === undefined ? expected(known) : `did you mean \`${meant}\`?`;
  throw new RangeError(wrong(unknown, `unknown setting \`custom.claimgate.${unknown}\`; ${fix}`));
}

const isMap = (value: unknown) => typeof value === "object" && !Array.isArray(value);

function expected(known: readonly string[]): string {
  if (known.length === 0) return "delete it: the plugin of this service has no settings";
  return `expected ${known.map((name) => `\`${name}\``).join(" or ")}`;
}
