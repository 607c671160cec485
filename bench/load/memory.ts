import type { MemorySample } from "./environment.ts";

/** How the memory of one process went, in bytes after collections. */
export interface MemoryTrend {
  readonly samples: number;
  /** Heap at the samples after a quarter and a half of its invocations, and at the last one. */
  readonly heapAtQuarter: number;
  readonly heapAtHalf: number;
  readonly heapAtEnd: number;
  /** From half to the end: until then code that is seldom used is compiled. */
  readonly growth: number;
  /** Of the heap by least squares over the second half, for 100,000 invocations. */
  readonly slope: number;
  readonly rssAtQuarter: number;
  readonly rssAtEnd: number;
}

/** Undefined with fewer than four samples, which show no trend. */
export function trendOf(samples: readonly MemorySample[]): MemoryTrend | undefined {
  const last = samples.at(-1);
  const quarter = samples[Math.floor(samples.length / 4)];
  const half = samples.slice(Math.floor(samples.length / 2));
  const [middle] = half;
  if (samples.length < 4 || last === undefined || quarter === undefined || middle === undefined) {
    return undefined;
  }
  return {
    samples: samples.length,
    heapAtQuarter: quarter.heapUsed,
    heapAtHalf: middle.heapUsed,
    heapAtEnd: last.heapUsed,
    growth: last.heapUsed - middle.heapUsed,
    slope: 100_000 * leastSquares(half.map(({ invocations, heapUsed }) => [invocations, heapUsed])),
    rssAtQuarter: quarter.rss,
    rssAtEnd: last.rss,
  };
}

function leastSquares(points: readonly (readonly [number, number])[]): number {
  const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const above = points.reduce((sum, [px, py]) => sum + (px - x) * (py - y), 0);
  const below = points.reduce((sum, [px]) => sum + (px - x) ** 2, 0);
  return below === 0 ? 0 : above / below;
}
