/** Polling costs a few calls of `stat`; a file system watcher loses files that an editor replaces. */
const INTERVAL_MS = 200;

/**
 * Reports each new state of some files, once it no longer changes.
 *
 * @param stampOf differs between two states of the files
 * @param since the known state
 * @returns stops watching
 */
export function watchSettled(
  stampOf: () => string,
  onChange: () => void,
  since: string = stampOf(),
): () => void {
  let told = since;
  let seen = told;
  const timer = setInterval(() => {
    const stamp = stampOf();
    // Editors write a file in several steps; the same state in two polls means that they are done.
    const settled = stamp === seen;
    seen = stamp;
    if (!settled || stamp === told) return;
    told = stamp;
    onChange();
  }, INTERVAL_MS);
  return () => clearInterval(timer);
}
