const NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";
const PERMISSION = new RegExp(`^${NAME}:${NAME}$`);
const PATTERN = new RegExp(`^(\\*|${NAME}:(\\*|${NAME})|\\*:${NAME})$`);

/** Marks a route without an authorizer. It is not a permission, so no subject can hold it. */
export const PUBLIC = "public";

/** `resource:action` */
export function isPermission(text: string): boolean {
  return PERMISSION.test(text);
}

/** `resource:action`, `resource:*`, `*:action` or `*` */
export function isPermissionPattern(text: string): boolean {
  return PATTERN.test(text);
}

/** The patterns that cover a permission: itself, `resource:*`, `*:action` and `*`. */
export function patternsCovering(permission: string): readonly [string, string, string, string] {
  const colon = permission.indexOf(":");
  return [permission, `${permission.slice(0, colon)}:*`, `*${permission.slice(colon)}`, "*"];
}

/** Whether a pattern of a `p` row covers a permission. */
export function covers(pattern: string, permission: string): boolean {
  return patternsCovering(permission).some((one) => one === pattern);
}
