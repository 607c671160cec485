import { readFileSync } from "node:fs";
import { join } from "node:path";
import { objectOf, textOf, textsOf } from "../../json.ts";
import { readWrittenYaml } from "../text/written-yaml.ts";
import { serviceFileIn } from "./framework.ts";

/** The plugin of the package, by its name in serverless.yml. */
export const PACKAGE_PLUGIN = "claimgate/serverless";

/** The package's plugin, and the one of the service in this repository: both lint the policy during packaging. */
const LINTING_PLUGINS: readonly string[] = [PACKAGE_PLUGIN, "./src/tools/packaging/serverless-plugin.cjs"];

/** The names of plugins: of a list, or of `{ modules: [...] }`. */
export function pluginNames(plugins: unknown): readonly string[] {
  return textsOf(Array.isArray(plugins) ? plugins : objectOf(plugins)["modules"]);
}

/** Whether one of the plugins lints the policy during packaging. */
export function lintsPackaging(plugins: readonly string[]): boolean {
  return plugins.some((name) => LINTING_PLUGINS.includes(name));
}

/** What the file of a service says of claimgate, as written. */
export interface WrittenAdoption {
  /** Whether it has `custom.claimgate`. */
  readonly hasSettings: boolean;
  /** The directory of the policy that these settings name. */
  readonly policies: string | undefined;
}

/** Reads no variables and no included files. Undefined for a service without a plugin of claimgate. */
export function writtenAdoption(directory: string): WrittenAdoption | undefined {
  const file = serviceFileIn(directory);
  const yaml = file === undefined ? undefined : readWrittenYaml(readFileSync(join(directory, file), "utf8"));
  const plugins = yaml?.entry("plugins")?.value;
  const items = plugins?.entry("modules")?.value.items ?? plugins?.items ?? [];
  if (!lintsPackaging(textsOf(items.map(({ scalar }) => scalar)))) return undefined;
  const settings = yaml?.entry("custom")?.value.entry("claimgate");
  return {
    hasSettings: settings !== undefined,
    policies: textOf(settings?.value.entry("policies")?.value.scalar),
  };
}
