import { objectOf } from "../../json.ts";

/** What makes the code of functions: `bundler` puts what they import into one file, `compiler` does not. */
export type FunctionBuilder = "bundler" | "compiler";

const BUNDLERS = /esbuild|webpack|rspack|rollup|vite|parcel|bundle/i;
const COMPILERS = /typescript|swc|babel/i;

/**
 * By the names of the plugins, or by the section `build` of Serverless 4; undefined if nothing builds the functions.
 *
 * @param plugins of the service
 * @param build what serverless.yml says of it
 */
export function functionBuilder(plugins: readonly string[], build: unknown): FunctionBuilder | undefined {
  const isBuilt = build !== undefined && build !== null && objectOf(build)["esbuild"] !== false;
  if (isBuilt || plugins.some((name) => BUNDLERS.test(name))) return "bundler";
  return plugins.some((name) => COMPILERS.test(name)) ? "compiler" : undefined;
}
