import { patternsCovering } from "../../../policy/permission.ts";

/**
 * The patterns that cover everything that a pattern covers, itself first: `orders:read` is covered by
 * `orders:read`, `orders:*` and `*`; `orders:*` by itself and `*`; `*` by itself.
 */
export function patternsCoveringPattern(pattern: string): readonly string[] {
  if (pattern === "*") return [pattern];
  return pattern.endsWith(":*") ? [pattern, "*"] : patternsCovering(pattern);
}
