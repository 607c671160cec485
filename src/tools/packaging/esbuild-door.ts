// claimgate/esbuild: the policy in a bundle. docs/library.md
import type { Plugin } from "esbuild";
import { compileDirectory } from "../checking/compile-directory.ts";
import { policyBundling } from "./policy-bundling.ts";

/** Where the policy is. */
export interface ClaimgatePolicyOptions {
  /** The directory of the rows; `policies` by default. */
  readonly policies?: string | undefined;
  /** The directory of a candidate, for a shadow (docs/changing-a-policy.md); none by default. */
  readonly shadowPolicies?: string | undefined;
}

/**
 * A plugin of esbuild that puts the policy into each bundle that imports it through `claimgate/lambda`. It lints the
 * directory and compiles its rows; a policy with an error stops the build with its findings. It leaves out what
 * functions do not use: the file readers of casbin, and the AWS clients, which are part of the Lambda runtime.
 *
 * It does not compare the policy with your routes: `claimgate check --service` does.
 *
 * @example
 * import { build } from "esbuild";
 * import { claimgatePolicy } from "claimgate/esbuild";
 *
 * await build({
 *   entryPoints: ["src/authorizer.ts"],
 *   outdir: "dist",
 *   bundle: true,
 *   platform: "node",
 *   target: "node22",
 *   plugins: [claimgatePolicy({ policies: "policies" })],
 * });
 */
export function claimgatePolicy({
  policies = "policies",
  shadowPolicies,
}: ClaimgatePolicyOptions = {}): Plugin {
  const shadow =
    shadowPolicies === undefined ? undefined : { directory: shadowPolicies, compile: compileDirectory };
  return policyBundling(policies, compileDirectory, shadow);
}
