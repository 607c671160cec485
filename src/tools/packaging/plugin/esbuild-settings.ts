import { createRequire } from "node:module";
import { join } from "node:path";
import type { Plugin } from "esbuild";
import { messageOf } from "../../../errors.ts";
import { objectOf } from "../../../json.ts";
import { pluginNames } from "../../service/plugins.ts";
import { isSection, type MutableSections, PluginError, type Serverless } from "./framework.ts";

/** Whether serverless-esbuild builds the functions. */
export function bundlesByPlugin({ service }: Serverless): boolean {
  return pluginNames(service["plugins"]).includes("serverless-esbuild");
}

/**
 * Whether the esbuild of Serverless 4 builds them with plugins of a file: `build.esbuild.configFile`
 * (serverless.com/framework/docs/providers/aws/guide/building).
 */
export function bundlesByFile({ configurationInput }: Serverless): boolean {
  const { esbuild } = objectOf(configurationInput["build"]);
  return typeof objectOf(esbuild)["configFile"] === "string";
}

/** The framework; its files are relative to the directory of the service. */
interface SettingsFiles {
  readonly serviceDir: string;
}

/**
 * Adds plugins to the builds of serverless-esbuild, before those of the service.
 *
 * Must run in the constructor of the plugin: serverless-esbuild copies its settings in its first hook.
 *
 * @param esbuild `custom.esbuild`, changed in place
 * @param framework what functions of files that the settings name are called with
 * @throws PluginError if the settings come from a file that does not have the plugins: it would discard ours
 */
export function addToEsbuild(
  esbuild: MutableSections,
  plugins: readonly Plugin[],
  framework: SettingsFiles,
): void {
  const { config, plugins: written } = esbuild;
  if (typeof config === "string") {
    checkConfigFile(framework, config, plugins);
    return;
  }
  esbuild["plugins"] = [...plugins, ...servicePlugins(framework, written)];
  // With rebuild contexts, a failing build never ends (floydspace/serverless-esbuild#532).
  esbuild["skipRebuild"] ??= true;
}

function servicePlugins(framework: SettingsFiles, written: unknown): readonly unknown[] {
  if (Array.isArray(written)) return written;
  return typeof written === "string" ? [pluginsOfFile(framework, written)] : [];
}

/** One plugin for those of a file, which may need what the framework only knows when it builds. */
function pluginsOfFile(framework: SettingsFiles, file: string): Plugin {
  return {
    name: "claimgate-service-plugins",
    setup: async (build) => {
      const made = load(framework, file);
      // The framework shows this as an error of the build.
      if (!Array.isArray(made)) throw new TypeError(`${file} does not export a list of plugins`);
      for (const plugin of made as readonly Plugin[]) await plugin.setup(build);
    },
  };
}

function checkConfigFile(framework: SettingsFiles, file: string, plugins: readonly Plugin[]): void {
  const written = objectOf(load(framework, file))["plugins"];
  const names = (Array.isArray(written) ? written : []).map((plugin) => objectOf(plugin)["name"]);
  if (plugins.every(({ name }) => names.includes(name))) return;
  throw new PluginError(
    "CLAIMGATE_SETTINGS_INVALID",
    `\`custom.esbuild.config\` is \`${file}\`, which does not put the policy into the bundles; ` +
      'add to the options that it returns: `plugins: [require("claimgate/esbuild").claimgatePolicy()]`',
  );
}

/** As serverless-esbuild does: the default export of an ES module; a function gets the framework. */
function load(framework: SettingsFiles, file: string): unknown {
  const path = join(framework.serviceDir, file);
  let made: unknown;
  try {
    made = createRequire(path)(path);
  } catch (error) {
    throw new PluginError("CLAIMGATE_SETTINGS_INVALID", `${file} does not load: ${messageOf(error)}`);
  }
  const value = isSection(made) && "default" in made ? made["default"] : made;
  return typeof value === "function" ? (value as (framework: SettingsFiles) => unknown)(framework) : value;
}
