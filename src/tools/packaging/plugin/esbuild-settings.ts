import { createRequire } from "node:module";
import { join } from "node:path";
import type { Plugin } from "esbuild";
import { messageOf } from "../../../errors.ts";
import { objectOf, textsOf } from "../../../json.ts";
import { innerSection, isSection, PluginError, type Serverless, sectionOf } from "./framework.ts";

/** Whether serverless-esbuild builds the functions. `plugins` is a list, or `{ modules: [...] }`. */
export function bundlesByPlugin({ service }: Serverless): boolean {
  const { plugins } = service;
  const names = textsOf(Array.isArray(plugins) ? plugins : objectOf(plugins)["modules"]);
  return names.includes("serverless-esbuild");
}

/**
 * Whether the esbuild of Serverless 4 builds them with plugins of a file: `build.esbuild.configFile`
 * (serverless.com/framework/docs/providers/aws/guide/building).
 */
export function bundlesByFile({ configurationInput }: Serverless): boolean {
  const { esbuild } = objectOf(configurationInput["build"]);
  return typeof objectOf(esbuild)["configFile"] === "string";
}

/**
 * Adds plugins to the builds of serverless-esbuild, before those of the service.
 *
 * Must run in the constructor of the plugin: serverless-esbuild copies its settings in its first hook.
 *
 * @throws PluginError if the settings come from a file that does not have the plugins: it would discard ours
 */
export function addToEsbuild(serverless: Serverless, plugins: readonly Plugin[]): void {
  const esbuild = innerSection(sectionOf(serverless, "custom"), "esbuild", "custom");
  if (typeof esbuild["config"] === "string") {
    checkConfigFile(serverless, esbuild["config"], plugins);
    return;
  }
  esbuild["plugins"] = [...plugins, ...servicePlugins(serverless, esbuild["plugins"])];
  // With rebuild contexts, a failing build never ends (floydspace/serverless-esbuild#532).
  esbuild["skipRebuild"] ??= true;
}

function servicePlugins(serverless: Serverless, written: unknown): readonly unknown[] {
  if (Array.isArray(written)) return written;
  return typeof written === "string" ? [pluginsOfFile(serverless, written)] : [];
}

/** One plugin for those of a file, which may need what the framework only knows when it builds. */
function pluginsOfFile(serverless: Serverless, file: string): Plugin {
  return {
    name: "claimgate-service-plugins",
    setup: async (build) => {
      const made = load(serverless, file);
      for (const plugin of Array.isArray(made) ? (made as readonly Plugin[]) : []) await plugin.setup(build);
    },
  };
}

function checkConfigFile(serverless: Serverless, file: string, plugins: readonly Plugin[]): void {
  const written = objectOf(load(serverless, file))["plugins"];
  const names = (Array.isArray(written) ? written : []).map((plugin) => objectOf(plugin)["name"]);
  if (plugins.every(({ name }) => names.includes(name))) return;
  throw new PluginError(
    "CLAIMGATE_SETTINGS_INVALID",
    `\`custom.esbuild.config\` is \`${file}\`, which does not put the policy into the bundles; ` +
      'add to the options that it returns: `plugins: [require("claimgate/esbuild").claimgatePolicy()]`',
  );
}

/** As serverless-esbuild does: the default export of an ES module; a function gets the framework. */
function load(serverless: Serverless, file: string): unknown {
  const path = join(serverless.serviceDir, file);
  let made: unknown;
  try {
    made = createRequire(path)(path);
  } catch (error) {
    throw new PluginError("CLAIMGATE_SETTINGS_INVALID", `${file} does not load: ${messageOf(error)}`);
  }
  const value = isSection(made) && "default" in made ? made["default"] : made;
  return typeof value === "function" ? (value as (framework: Serverless) => unknown)(serverless) : value;
}
