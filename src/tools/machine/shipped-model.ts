/** The model that this version was built for; the bundles carry it. */
export function shippedModel(): string {
  const model = process.env["CLAIMGATE_MODEL"];
  if (model === undefined) throw new Error("claimgate was built without its model");
  return model;
}
