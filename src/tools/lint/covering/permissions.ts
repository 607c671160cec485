import { isPermission, patternsCovering } from "../../../policy/permission.ts";

/**
 * The patterns that cover everything that a pattern covers, itself first: `orders:read` is covered by
 * `orders:read`, `orders:*`, `*:read` and `*`; `orders:*` and `*:read` by themselves and `*`; `*` by itself.
 */
export function patternsCoveringPattern(pattern: string): readonly string[] {
  if (pattern === "*") return [pattern];
  return isPermission(pattern) ? patternsCovering(pattern) : [pattern, "*"];
}
