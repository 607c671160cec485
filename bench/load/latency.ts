import { createHistogram } from "node:perf_hooks";

/** Microseconds. */
export interface Latency {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** A histogram with three significant digits, of constant size. */
export interface Recorder {
  record(nanoseconds: number): void;
  latency(): Latency;
}

export function createRecorder(): Recorder {
  const histogram = createHistogram();
  const us = (nanoseconds: number) => Number((nanoseconds / 1_000).toFixed(1));
  return {
    // It takes no zero, which a coarse clock may show.
    record: (nanoseconds) => {
      histogram.record(Math.max(1, Math.round(nanoseconds)));
    },
    latency: () => ({
      count: histogram.count,
      mean: us(histogram.mean),
      p50: us(histogram.percentile(50)),
      p99: us(histogram.percentile(99)),
      p999: us(histogram.percentile(99.9)),
      max: us(histogram.max),
    }),
  };
}
