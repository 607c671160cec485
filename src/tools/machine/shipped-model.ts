/** The text of policies/model.conf, which the builds put here (src/tools/packaging/bundle-*.ts). */
declare const BUILT_MODEL: string | undefined;

/** The model of this version, part of the bundles. */
export function shippedModel(): string {
  if (typeof BUILT_MODEL !== "string") throw new Error("claimgate was built without its model");
  return BUILT_MODEL;
}
