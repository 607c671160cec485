import { join } from "node:path";
import { build, type Plugin } from "esbuild";

const NAMESPACE = "claimgate-apart";
/** The files next to the program, and the packages that each of them holds. */
const FILES: readonly (readonly [file: string, packages: RegExp])[] = [
  ["aws-sdk.cjs", /^@aws-sdk\/client-[a-z0-9-]+$/],
  ["language-server.cjs", /^vscode-languageserver(-textdocument)?(\/[a-z]+)?$/],
  ["mcp-server.cjs", /^@modelcontextprotocol\/server(\/[a-z]+)?$/],
];

/**
 * Bundles large packages that few commands use into files next to the program, so that only those commands pay for
 * parsing them: the AWS clients, the language server protocol, the Model Context Protocol.
 *
 * @param folder the output folder of the program
 */
export function apartPlugin(folder: string): Plugin {
  return {
    name: NAMESPACE,
    setup(program) {
      for (const [file, packages] of FILES) {
        const namespace = `${NAMESPACE}:${file}`;
        const used = new Set<string>();
        program.onResolve({ filter: packages }, ({ path }) => {
          used.add(path);
          return { path, namespace };
        });
        program.onResolve({ filter: /.*/, namespace }, ({ path }) => ({ path, external: true }));
        program.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
          contents: `module.exports = require("./${file}")[${JSON.stringify(path)}]();`,
        }));
        program.onEnd(async () => {
          if (used.size === 0) return;
          await build({ ...program.initialOptions, ...packagesBundle([...used].sort(), join(folder, file)) });
        });
      }
    },
  };
}

/** A module that exports each package by its name, loaded on first use. */
function packagesBundle(packages: readonly string[], outfile: string) {
  const entries = packages.map((name) => `exports[${JSON.stringify(name)}] = () => require("${name}");`);
  return {
    entryPoints: [],
    outfile,
    stdin: { contents: entries.join("\n"), resolveDir: ".", loader: "js" as const },
    plugins: [],
  };
}
