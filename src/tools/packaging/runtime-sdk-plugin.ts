import type { Plugin } from "esbuild";
import { isOwnModule } from "./policy-plugin.ts";

const NAMESPACE = "claimgate-runtime-sdk";

/**
 * Leaves the AWS clients that claimgate calls to the Lambda runtime, which has them. A CommonJS bundle loads them with
 * a lazy `require`: only that finds the runtime's SDK, by NODE_PATH. What your own code imports is bundled as you say.
 */
export function runtimeSdkPlugin(): Plugin {
  return {
    name: NAMESPACE,
    setup(build) {
      const { format, platform } = build.initialOptions;
      const isCommonJs = (format ?? (platform === "node" ? "cjs" : undefined)) === "cjs";
      build.onResolve({ filter: /^@aws-sdk\/client-/ }, ({ path, importer, namespace }) => {
        if (namespace === NAMESPACE) return { path, external: true };
        if (!isOwnModule(importer)) return undefined;
        // The option `supported: { "dynamic-import": false }` would change the imports of your own code too.
        return isCommonJs ? { path, namespace: NAMESPACE } : { path, external: true };
      });
      // esbuild runs such a module when the dynamic import of it does.
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => ({
        contents: `module.exports = require(${JSON.stringify(path)});`,
      }));
    },
  };
}
