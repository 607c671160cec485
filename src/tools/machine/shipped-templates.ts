import type { PolicyFile } from "../../policy/compile.ts";

/** The files below templates/new as JSON, which the build puts here (src/tools/packaging/bundle-cli.ts). */
declare const BUILT_TEMPLATES: string | undefined;

/** The templates of `claimgate new`, with paths below templates/new. */
export function shippedTemplates(): readonly PolicyFile[] {
  if (typeof BUILT_TEMPLATES !== "string") throw new Error("claimgate was built without its templates");
  return JSON.parse(BUILT_TEMPLATES) as readonly PolicyFile[];
}
