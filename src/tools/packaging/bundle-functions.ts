import { join } from "node:path";
import { build } from "esbuild";
import { functionsIn, LIBRARIES } from "../archives/functions.ts";
import { mapPlacesPlugin } from "./map-places-plugin.ts";
import { leanBundling } from "./policy-bundling.ts";

/**
 * The authorizers and the triggers as files that need no bundler: `claimgate bundle` puts one of them and the policy
 * into an archive. They read the policy from the file next to them, and do not start without it.
 * docs/adr/0053-archives-without-a-bundler.md
 */
export async function bundleFunctions(folder: string): Promise<void> {
  for (const library of LIBRARIES) {
    await build({
      stdin: {
        contents: `export { ${functionsIn(library).join(", ")} } from "claimgate/lambda";`,
        resolveDir: process.cwd(),
      },
      outfile: join(folder, `${library}.cjs`),
      bundle: true,
      minify: true,
      // Next to the file in the package, and not in archives: docs/adr/0094-source-maps.md.
      sourcemap: true,
      sourcesContent: false,
      format: "cjs",
      platform: "node",
      target: "node20.19",
      conditions: ["claimgate-archive", "claimgate-source", "module"],
      plugins: [...leanBundling(), mapPlacesPlugin(process.cwd())],
      logLevel: "warning",
    });
  }
}
