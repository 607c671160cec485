/** A number as a template or a file writes it: CloudFormation takes `30` and `"30"` alike. */
export function numberIn(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** A flag as a template or a file writes it: CloudFormation takes `true` and `"true"` alike. */
export function flagIn(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  return value === "true" || value === "false" ? value === "true" : undefined;
}
