const ROUNDS = 15;
/** What one side may take in one round; a call that takes longer is made once. */
const ROUND_MS = 60;

/**
 * The median time of one call of each side, in milliseconds. The sides take turns, so that whatever slows the
 * machine down slows all of them; each gets the same time, so that slow ones make fewer calls.
 */
export function measureInterleaved<Name extends string>(
  sides: Readonly<Record<Name, (index: number) => unknown>>,
): Record<Name, number> {
  const names = Object.keys(sides) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  // The first two rounds warm up.
  for (let round = -2; round < ROUNDS; round += 1) {
    for (const name of rotated(names, round + 2)) {
      const time = timeOf(sides[name]);
      if (round >= 0) times.get(name)?.push(time);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<
    Name,
    number
  >;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function rotated<T>(list: readonly T[], by: number): T[] {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

/** Results are kept so that no call can be optimised away. */
let kept: unknown;

function timeOf(side: (index: number) => unknown): number {
  const start = performance.now();
  let calls = 0;
  let batch = 1;
  let elapsed = 0;
  do {
    for (let index = 0; index < batch; index += 1) kept = side(calls + index);
    calls += batch;
    elapsed = performance.now() - start;
    // Reading the clock must not be what is measured.
    if (elapsed < ROUND_MS / 10) batch *= 2;
  } while (elapsed < ROUND_MS);
  if (kept === start) throw new Error("unreachable");
  return elapsed / calls;
}
