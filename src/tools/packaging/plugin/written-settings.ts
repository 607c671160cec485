import { type JsonObject, objectOf } from "../../../json.ts";
import { nearest } from "../../../policy/suggestion.ts";
import { type FileFinding, printFinding } from "../../findings/finding.ts";
import type { PlaceOf } from "../../stack/function-environment.ts";
import type { SettingKind } from "../../stack/setting-kinds.ts";
import { isSection, PluginError } from "./framework.ts";

/** A setting that is wrong, with its place. */
export class SettingError extends PluginError {
  readonly finding: FileFinding;

  constructor(finding: FileFinding) {
    super("CLAIMGATE_SETTINGS_INVALID", printFinding(finding));
    this.finding = finding;
  }
}

/** What is set in `custom.claimgate` of a serverless.yml, by known names. */
export interface WrittenSettings {
  readonly values: JsonObject;
  /** The error for the value of a setting, or of `custom.claimgate` itself with an empty path. */
  readonly invalid: (path: readonly string[], why: string, fix: string) => SettingError;
}

/**
 * Strict: ignoring a setting would switch a check off.
 *
 * @param known the names that the plugin reads
 * @param placeOf finds where a path of names from the top of serverless.yml is written
 * @throws SettingError with what is wrong
 */
export function readWrittenSettings(
  custom: unknown,
  known: readonly string[],
  placeOf: PlaceOf,
): WrittenSettings {
  const wrong = (id: SettingKind, path: readonly string[], message: string, fix: string) => {
    const place = { kind: "file", ...placeOf(["custom", "claimgate", ...path]) } as const;
    return new SettingError({ id, severity: "error", place, message, fix });
  };
  const invalid: WrittenSettings["invalid"] = (path, why, fix) =>
    wrong("setting-value", path, `\`${["custom", "claimgate", ...path].join(".")}\` ${why}`, fix);
  const { claimgate } = objectOf(custom);
  if (claimgate !== undefined && claimgate !== null && !isSection(claimgate)) {
    throw invalid([], "is not a map", expected(known));
  }
  const values = objectOf(claimgate);
  const unknown = Object.keys(values).find((name) => !known.includes(name));
  if (unknown === undefined) return { values, invalid };
  const message = `unknown setting \`custom.claimgate.${unknown}\``;
  throw wrong("setting-unknown", [unknown], message, likely(unknown, known));
}

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
