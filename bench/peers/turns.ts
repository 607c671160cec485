import { median } from "../measure.ts";

/** One call of a side; an answer that is a promise is waited for. */
export type Side = (index: number) => unknown;

export interface Turns {
  /** Rounds that count. */
  readonly rounds: number;
  /** What one side may take in one round; a call that takes longer is made once. */
  readonly roundMs: number;
}

/**
 * The median microseconds of one call of each side. Every round asks all sides, in an order that chance gives, so that
 * whatever slows the machine down slows all of them.
 */
export async function inTurns<Name extends string>(
  sides: Readonly<Record<Name, Side>>,
  { rounds, roundMs }: Turns,
): Promise<Record<Name, number>> {
  const names = Object.keys(sides) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  // The first two rounds warm up.
  for (let round = -2; round < rounds; round += 1) {
    for (const name of shuffled(names)) {
      const time = await timeOf(sides[name], roundMs);
      if (round >= 0) times.get(name)?.push(time);
    }
  }
  const medians = [...times].map(([name, list]) => [name, median(list) * 1_000]);
  return Object.fromEntries(medians) as Record<Name, number>;
}

export function shuffled<T>(list: readonly T[]): T[] {
  const items = list.map((item) => ({ item, at: Math.random() }));
  return items.sort((a, b) => a.at - b.at).map(({ item }) => item);
}

/** Results are kept so that no call can be optimised away. */
let kept: unknown;
/** Where a side goes on in its next round: one with a memory of tokens must not meet the first ones again. */
const nextCalls = new WeakMap<Side, number>();

async function timeOf(side: Side, roundMs: number): Promise<number> {
  const first = nextCalls.get(side) ?? 0;
  const start = performance.now();
  let calls = 0;
  let batch = 1;
  let elapsed = 0;
  do {
    for (let index = 0; index < batch; index += 1) {
      const answer = side(first + calls + index);
      kept = answer instanceof Promise ? await answer : answer;
    }
    calls += batch;
    elapsed = performance.now() - start;
    // Reading the clock must not be what is measured.
    if (elapsed < roundMs / 10) batch *= 2;
  } while (elapsed < roundMs);
  nextCalls.set(side, first + calls);
  if (kept === start) throw new Error("unreachable");
  return elapsed / calls;
}
