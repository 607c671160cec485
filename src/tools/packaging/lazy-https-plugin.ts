import type { Plugin } from "esbuild";

const NAMESPACE = "claimgate-lazy-https";

/**
 * aws-jwt-verify imports `https` for its fetcher as soon as it is loaded. In a bundle the first fetch loads it instead:
 * a function whose keys are at hand does not wait for it. docs/adr/0093-cold-start.md
 */
export function lazyHttpsPlugin(): Plugin {
  return {
    name: NAMESPACE,
    setup(build) {
      build.onResolve({ filter: /^(node:)?https$/ }, ({ path, importer }) =>
        /[\\/]aws-jwt-verify[\\/]/.test(importer) ? { path, namespace: NAMESPACE } : undefined,
      );
      // `require` is absent from an ES module.
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, () => ({
        contents: `export const request = (...request) => process.getBuiltinModule("node:https").request(...request);`,
      }));
    },
  };
}
