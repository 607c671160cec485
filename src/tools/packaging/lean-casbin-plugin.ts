import type { Plugin } from "esbuild";

const NAMESPACE = "claimgate-lean-casbin";

/**
 * The modules that casbin requires for reading files and for globs. The engine passes it rows and one function
 * instead.
 */
const UNUSED = /^(csv-parse\/sync|minimatch)$/;

/**
 * Leaves casbin's CSV parser and its glob matcher out of the bundle. The module that replaces them throws if it is
 * called. docs/adr/0006-compiled-policy.md has the sizes.
 */
export function leanCasbinPlugin(): Plugin {
  return {
    name: NAMESPACE,
    setup(build) {
      build.onResolve({ filter: UNUSED }, ({ path, importer }) =>
        /[\\/]casbin[\\/]/.test(importer) ? { path, namespace: NAMESPACE } : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => ({ contents: standIn(path) }));
    },
  };
}

function standIn(path: string): string {
  const message = JSON.stringify(`${path} is not part of this bundle`);
  return `const absent = () => { throw new Error(${message}); };
exports.parse = absent;
exports.minimatch = absent;`;
}
