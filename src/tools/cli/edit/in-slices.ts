import { setImmediate } from "node:timers/promises";

/** So long at a time: what a person types is answered in between. */
const SLICE_MS = 10;

/**
 * Runs a computation of small steps, and lets other requests be answered between them.
 *
 * @param isStale whether nobody waits for the result any more
 * @returns undefined if it became stale
 */
export async function inSlices<T>(
  steps: Generator<undefined, T>,
  isStale: () => boolean,
): Promise<T | undefined> {
  let since = performance.now();
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value;
    if (performance.now() - since < SLICE_MS) continue;
    await setImmediate();
    if (isStale()) return undefined;
    since = performance.now();
  }
}
