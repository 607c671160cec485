/**
 * Milliseconds of a clock that only goes forward. The global `performance` would do, but its first use loads
 * `node:perf_hooks`, which a cold start would wait for.
 */
export function monotonicMilliseconds(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}
