import type { Plugin } from "esbuild";
import { lazyHttpsPlugin } from "./lazy-https-plugin.ts";
import { leanCasbinPlugin } from "./lean-casbin-plugin.ts";
import { type Compile, policyPlugin, type ShadowSource } from "./policy-plugin.ts";
import { runtimeSdkPlugin } from "./runtime-sdk-plugin.ts";

/** The name of the plugin in esbuild. */
export const POLICY_BUNDLING = "claimgate";

/** What makes any bundle of functions small and quick to start: nothing in it that they do not use. */
export function leanBundling(): Plugin[] {
  return [leanCasbinPlugin(), lazyHttpsPlugin(), runtimeSdkPlugin()];
}

/**
 * Everything that a build of another project needs: the compiled policy, and nothing that functions do not use.
 *
 * @param directory of the policy
 * @param compile its errors stop the build
 * @param shadow the candidate of a shadow; its errors stop the build too
 */
export function policyBundling(directory: string, compile: Compile, shadow?: ShadowSource): Plugin {
  const parts = [policyPlugin(directory, compile, shadow), ...leanBundling()];
  return {
    name: POLICY_BUNDLING,
    async setup(build) {
      for (const part of parts) await part.setup(build);
    },
  };
}
