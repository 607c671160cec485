import { join } from "node:path";
import { build, stop } from "esbuild";
import { SERVICE_ROOT } from "../serverless-process.ts";

/** The script and the style of the page. */
export interface PageFiles {
  readonly script: string;
  readonly style: string;
}

const ENTRY = join(SERVICE_ROOT, "src/tools/console/main.tsx");

/** Bundles the page from its sources, while the service is packaged: it takes less than that. */
export async function bundlePage(): Promise<PageFiles> {
  const { outputFiles } = await build({
    entryPoints: [ENTRY],
    outdir: "console",
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: ["chrome120", "firefox121", "safari17"],
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "none",
    logLevel: "silent",
  });
  // Nothing else is built here, and its process keeps some 90 MB.
  await stop();
  const textOf = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? "";
  return { script: textOf(".js"), style: textOf(".css") };
}
