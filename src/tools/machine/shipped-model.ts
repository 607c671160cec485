import { readFileSync } from "node:fs";

/** The text of policies/model.conf, which the builds put here (src/tools/packaging/bundle-*.ts). */
declare const BUILT_MODEL: string | undefined;

/**
 * The model of this version: part of the builds, and from source the file of this repository.
 * @throws an error of the file system, from source in another working directory
 */
export function shippedModel(): string {
  return typeof BUILT_MODEL === "string" ? BUILT_MODEL : readFileSync("policies/model.conf", "utf8");
}
