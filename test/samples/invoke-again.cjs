// Preloaded into `sls invoke local`, whose start takes most of its time: when the command has run, its process invokes
// the same function with the further events that INVOKE_AGAIN names, as JSON. What the framework and the plugins do
// for an event happens for each; the bundle of the function is the first one. A line of standard output, the JSON
// of `{ "exitStatus": 0 }` behind a mark, ends what each event printed.
"use strict";

const { resolve } = require("node:path");
const PluginManager = require("serverless/lib/classes/plugin-manager.js");

const MARK = "== invoked: ";
const BUNDLER = "EsbuildServerlessPlugin";
const INVOCATION = "invoke:local:invoke";
const SERVICE = process.cwd();
const further = JSON.parse(process.env.INVOKE_AGAIN ?? "[]");
const { run } = PluginManager.prototype;

PluginManager.prototype.run = async function runAndInvokeAgain(commands) {
  await run.call(this, commands);
  end();
  keepBundle(this.hooks);
  for (const file of further) {
    process.chdir(SERVICE);
    Object.assign(this.cliOptions, { path: resolve(file), data: undefined });
    process.exitCode = 0;
    await this.spawn(commands);
    end();
  }
};

/** The bundler has made the folder that it leaves the process in. */
function keepBundle(hooks) {
  const bundled = process.cwd();
  const others = (name) => (hooks[name] ?? []).filter(({ pluginName }) => pluginName !== BUNDLER);
  const enter = { pluginName: BUNDLER, hook: () => process.chdir(bundled) };
  hooks[`before:${INVOCATION}`] = [...others(`before:${INVOCATION}`), enter];
  hooks[`after:${INVOCATION}`] = others(`after:${INVOCATION}`);
}

function end() {
  process.stdout.write(`${MARK}${JSON.stringify({ exitStatus: process.exitCode ?? 0 })}\n`);
}
