import { join } from "node:path";
import { build, type Plugin } from "esbuild";

const NAMESPACE = "claimgate-aws-sdk";
const CLIENT = /^@aws-sdk\/client-[a-z0-9-]+$/;
const FILE = "aws-sdk.cjs";

/**
 * Bundles the AWS clients of a program into a separate file next to it, `aws-sdk.cjs`. They are larger than the rest of
 * the command and few commands call AWS, so only those pay for parsing them.
 *
 * @param folder the output folder of the program
 */
export function awsSdkApartPlugin(folder: string): Plugin {
  return {
    name: NAMESPACE,
    setup(program) {
      const clients = new Set<string>();
      program.onResolve({ filter: CLIENT }, ({ path }) => {
        clients.add(path);
        return { path, namespace: NAMESPACE };
      });
      program.onResolve({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => ({ path, external: true }));
      program.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => ({
        contents: `module.exports = require("./${FILE}")[${JSON.stringify(path)}]();`,
      }));
      program.onEnd(async () => {
        await build({ ...program.initialOptions, ...clientsBundle([...clients].sort(), folder) });
      });
    },
  };
}

/** A module that exports each client by its name, loaded on first use. */
function clientsBundle(clients: readonly string[], folder: string) {
  const entries = clients.map((name) => `exports[${JSON.stringify(name)}] = () => require("${name}");`);
  return {
    entryPoints: [],
    outfile: join(folder, FILE),
    stdin: { contents: entries.join("\n"), resolveDir: ".", loader: "js" as const },
    plugins: [],
  };
}
