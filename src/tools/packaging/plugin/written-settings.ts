import { type JsonObject, objectOf } from "../../../json.ts";
import { nearest } from "../../../policy/suggestion.ts";
import { printPlace } from "../../findings/place.ts";
import type { PlaceOf } from "../../stack/function-environment.ts";
import { PluginError } from "./framework.ts";

/** What is set in `custom.claimgate` of a serverless.yml, by known names. */
export interface WrittenSettings {
  readonly values: JsonObject;
  /** The error for a setting, or for `custom.claimgate` itself with an empty path, with its place. */
  readonly wrong: (path: readonly string[], message: string) => PluginError;
}

/**
 * Strict: ignoring a setting would switch a check off.
 *
 * @param known the names that the plugin reads
 * @param placeOf finds where a path of names from the top of serverless.yml is written
 * @throws PluginError with what is wrong
 */
export function readWrittenSettings(
  custom: unknown,
  known: readonly string[],
  placeOf: PlaceOf,
): WrittenSettings {
  const wrong = (path: readonly string[], message: string) => {
    const place = printPlace({ kind: "file", ...placeOf(["custom", "claimgate", ...path]) });
    return new PluginError("CLAIMGATE_SETTINGS_INVALID", `${place}: ${message}`);
  };
  const { claimgate } = objectOf(custom);
  if (claimgate !== undefined && claimgate !== null && !isMap(claimgate)) {
    throw wrong([], `\`custom.claimgate\` is not a map; ${expected(known)}`);
  }
  const values = objectOf(claimgate);
  const unknown = Object.keys(values).find((name) => !known.includes(name));
  if (unknown === undefined) return { values, wrong };
  throw wrong([unknown], `unknown setting \`custom.claimgate.${unknown}\`; ${likely(unknown, known)}`);
}

const isMap = (value: unknown) => typeof value === "object" && !Array.isArray(value);

/** The name that was meant, or all that are expected. */
export function likely(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return meant === undefined ? expected(known) : `did you mean \`${meant}\`?`;
}

function expected(known: readonly string[]): string {
  if (known.length === 0) return "delete it: the plugin of this service has no settings";
  const names = known.map((name) => `\`${name}\``);
  const last = names.at(-1) ?? "";
  return `expected ${names.length === 1 ? last : `${names.slice(0, -1).join(", ")} or ${last}`}`;
}
