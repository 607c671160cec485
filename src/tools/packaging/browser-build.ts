import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { BuildOptions, Plugin } from "esbuild";
import { leanCasbinPlugin } from "./lean-casbin-plugin.ts";

const NAMESPACE = "claimgate-browser";
const IN_CASBIN = /[\\/]casbin[\\/]lib[\\/].*\.m?js$/;

/**
 * How to build the policy engine for a browser: nothing of Node, nothing external. A module that imports what a
 * browser does not have fails the build.
 *
 * @param root the folder of this package's sources
 */
export function browserBuild(root = "."): BuildOptions & { readonly bundle: true } {
  return {
    bundle: true,
    minify: true,
    platform: "browser",
    target: ["chrome120", "firefox121", "safari17"],
    conditions: ["claimgate-source"],
    legalComments: "none",
    plugins: [leanCasbinPlugin(), browserPlugin(root)],
  };
}

/** What casbin reads its model through: text is all that it needs to hold. */
const BUFFER = "export const Buffer = { from: (text) => text };";

/** The digest that a browser computes itself, and casbin without its reader of files and without Node's buffers. */
function browserPlugin(root: string): Plugin {
  return {
    name: NAMESPACE,
    setup(build) {
      build.onResolve({ filter: /\/sha256\.ts$/ }, () => ({
        path: resolve(join(root, "src/policy/sha256-browser.ts")),
      }));
      build.onResolve({ filter: /^(fs|buffer)$/ }, ({ path, importer }) =>
        IN_CASBIN.test(importer) ? { path, namespace: NAMESPACE } : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, () => ({ contents: BUFFER }));
      // It imports a buffer under another name and also expects the global one.
      build.onLoad({ filter: IN_CASBIN }, ({ path }) => ({
        contents: `import { Buffer } from "buffer";\n${readFileSync(path, "utf8")}`,
      }));
    },
  };
}
