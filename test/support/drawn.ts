/** `.ci/run` sets it: every generated case that a test asks for, drawn anew. */
const THOROUGH = process.env["TESTS"] === "thorough";

/** One case of so many runs in `npm test`. */
const SHARE = 8;

interface Drawn {
  readonly numRuns: number;
  readonly seed?: number;
}

/** Fewer would miss whole kinds of cases. */
const FEWEST = 50;

/**
 * How fast-check draws the cases of a property. `npm test` answers within minutes, so it takes an eighth of them, the
 * same each time; `.ci/run` takes all, and others each time. A property with expensive cases, which counts the kinds
 * that it has met, says itself how many are fewest.
 */
export function drawn(runs: number, fewest = FEWEST): Drawn {
  return THOROUGH ? { numRuns: runs } : { numRuns: Math.max(Math.ceil(runs / SHARE), fewest), seed: 1 };
}

/** How often a case must have been met where all of them meet it so often. */
export function partOf(count: number): number {
  return THOROUGH ? count : Math.floor(count / SHARE);
}

/** Everything where all is tried, and less of it in `npm test`. */
export function tried<T>(everything: readonly T[], quick: readonly T[]): readonly T[] {
  return THOROUGH ? everything : quick;
}

/** How often an attack is repeated: in full by `.ci/run`. */
export function repeated(full: number, quick: number): number {
  return THOROUGH ? full : quick;
}
