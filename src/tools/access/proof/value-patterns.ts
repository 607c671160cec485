import type { FreshValues } from "./fresh-values.ts";

/** Every way for values to be equal to each other and to the constants, or not. */
export function* valuePatterns(
  count: number,
  constants: readonly string[],
  fresh: FreshValues,
  chosen: readonly string[] = [],
  used = 0,
): Generator<readonly string[], undefined> {
  if (chosen.length === count) {
    yield chosen;
    return undefined;
  }
  const known = Array.from({ length: used }, (_, index) => fresh(index));
  yield* valuePatterns(count, constants, fresh, [...chosen, fresh(used)], used + 1);
  for (const value of [...known, ...constants]) {
    yield* valuePatterns(count, constants, fresh, [...chosen, value], used);
  }
  return undefined;
}
