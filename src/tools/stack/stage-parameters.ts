import { objectOf } from "../../json.ts";
import type { Parameters } from "./parameters.ts";

/** A name that is set, and the section of `params` that sets it; undefined for `--param`. */
export interface SetParameter {
  readonly name: string;
  readonly section: string | undefined;
}

export interface StageParameters {
  readonly values: Parameters;
  /** The names under `params.default`. */
  readonly known: ReadonlySet<string>;
  /** The names that the stage or the command line sets. */
  readonly given: ReadonlySet<string>;
  /** Every name that any section of `params` or the command line sets. */
  readonly set: readonly SetParameter[];
  /** Name -> the section whose value is in force; undefined for `--param`. */
  readonly sections: ReadonlyMap<string, string | undefined>;
}

/**
 * The parameters of a stage as the framework resolves `${param:NAME}`: `--param NAME=VALUE` before `params.STAGE`
 * before `params.default`. Lists and numbers are returned as JSON.
 *
 * @param params the `params` section of serverless.yml
 * @param options the values of `--param`
 */
export function stageParameters(
  params: unknown,
  stage: string,
  options: readonly string[] = [],
): StageParameters {
  const defaults = objectOf(objectOf(params)["default"]);
  const ofStage = stage === "default" ? {} : objectOf(objectOf(params)[stage]);
  const ofCommand = Object.fromEntries(options.map(splitOption));
  const all = Object.entries({ ...defaults, ...present(ofStage), ...ofCommand });
  const written = Object.entries(objectOf(params)).flatMap(([section, names]) =>
    Object.keys(objectOf(names)).map((name) => ({ name, section })),
  );
  const inForce = (section: string, names: object) =>
    Object.keys(names).map((name) => [name, section] as const);
  return {
    values: new Map(all.map(([name, value]) => [name, asText(value)])),
    known: new Set(Object.keys(defaults)),
    given: new Set([...Object.keys(ofStage), ...Object.keys(ofCommand)]),
    set: [...written, ...Object.keys(ofCommand).map((name) => ({ name, section: undefined }))],
    sections: new Map([
      ...inForce("default", defaults),
      ...inForce(stage, present(ofStage)),
      ...Object.keys(ofCommand).map((name) => [name, undefined] as const),
    ]),
  };
}

/** The framework has already refused one without `=`. */
function splitOption(option: string): [string, string] {
  const at = option.indexOf("=");
  return [option.slice(0, at), option.slice(at + 1).trimEnd()];
}

/** A parameter that a stage sets to null has the default. */
function present(section: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(section).filter(([, value]) => value !== null));
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
