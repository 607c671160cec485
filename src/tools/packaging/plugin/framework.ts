import type { JsonObject } from "../../../json.ts";

/**
 * The parts of the Serverless Framework that the plugin uses, in osls 4 and in Serverless 3; they ship no types. The
 * sections are those that serverless.yml has, and may be missing.
 */
export interface Serverless {
  readonly processedInput: { readonly commands: readonly string[]; readonly isHelpRequest?: boolean };
  /** What serverless.yml says; `service` has the same objects. */
  readonly configurationInput: MutableSections;
  readonly serviceDir: string;
  readonly configurationFilename: string;
  readonly version: string;
  /** The framework shows this error without a stack. */
  readonly classes: { readonly Error: new (message: string, code: string) => Error };
  readonly service: MutableSections & {
    readonly provider: MutableSections & {
      /** Set after packaging began. */
      compiledCloudFormationTemplate?: { Resources: JsonObject; Outputs?: JsonObject };
    };
  };
}

export type MutableSections = Record<string, unknown>;

/** The framework's output for plugins; never standard output. */
export interface Logging {
  readonly log: { readonly warning: (text: string) => void };
}

/** Why the framework cannot go on; becomes its own kind of error. */
export class PluginError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Runs a part of a plugin; its errors become those of the framework. */
export function forFramework<T>({ classes }: Pick<Serverless, "classes">, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof PluginError)) throw error;
    throw new classes.Error(error.message, error.code);
  }
}

/** A section as an object that may be changed; it is created where serverless.yml has none. */
export function sectionOf({ service, configurationInput }: Serverless, name: string): MutableSections {
  service[name] ??= {};
  const section = service[name];
  configurationInput[name] ??= section;
  return isSection(section) ? section : unresolved(name);
}

/** The section `name` of an object that may be changed. */
export function innerSection(section: MutableSections, name: string, path: string): MutableSections {
  section[name] ??= {};
  const inner = section[name];
  return isSection(inner) ? inner : unresolved(`${path}.${name}`);
}

export function isSection(value: unknown): value is MutableSections {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unresolved(path: string): never {
  throw new PluginError(
    "CLAIMGATE_SETTINGS_INVALID",
    `\`${path}\` is not a map when claimgate/serverless starts; write it as a map, or include it with \`\${file(...)}\``,
  );
}
