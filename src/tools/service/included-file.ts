import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ReadIncluded } from "./written-service.ts";

/** Reads the files that the serverless.yml of a directory includes. The framework reports a missing one. */
export function includedFiles(directory: string): ReadIncluded {
  return (path) => {
    try {
      return readFileSync(join(directory, path), "utf8");
    } catch {
      return undefined;
    }
  };
}
