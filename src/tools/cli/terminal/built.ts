import type { ToolFacts } from "../../findings/formats/sarif.ts";

// What package.json says of this build, which the build puts here (src/tools/packaging/bundle-cli.ts).
declare const BUILT_VERSION: string | undefined;
declare const BUILT_REPOSITORY: string | null | undefined;

const repository = typeof BUILT_REPOSITORY === "string" ? BUILT_REPOSITORY : undefined;

/** The version of the command, and the page of its repository if package.json names one. */
export const BUILT: ToolFacts = {
  version: typeof BUILT_VERSION === "string" ? BUILT_VERSION : "0.0.0-source",
  ...(repository !== undefined && { repository }),
};
