import type { Plugin } from "esbuild";
import { isOwnModule } from "./policy-plugin.ts";

/**
 * Leaves the AWS clients that claimgate calls to the Lambda runtime, which has them. A CommonJS bundle loads them with
 * a lazy `require`: only that finds the runtime's SDK, by NODE_PATH. What your own code imports is bundled as you say.
 */
export function runtimeSdkPlugin(): Plugin {
  return {
    name: "claimgate-runtime-sdk",
    setup(build) {
      const options = build.initialOptions;
      const format = options.format ?? (options.platform === "node" ? "cjs" : undefined);
      if (format === "cjs") options.supported = { "dynamic-import": false, ...options.supported };
      build.onResolve({ filter: /^@aws-sdk\/client-/ }, ({ path, importer }) =>
        isOwnModule(importer) ? { path, external: true } : undefined,
      );
    },
  };
}
