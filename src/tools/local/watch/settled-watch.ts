/** Looking costs a few calls of `stat`; a watcher of the file system loses files that an editor replaces. */
const INTERVAL_MS = 200;

/**
 * Tells of each state of some files that is not the one before, once it holds still.
 *
 * @param stampOf differs from one state of the files to another
 * @param since the state that is known
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
    // Editors write a file in several steps; two looks at the same state are taken for the end of them.
    const settled = stamp === seen;
    seen = stamp;
    if (!settled || stamp === told) return;
    told = stamp;
    onChange();
  }, INTERVAL_MS);
  return () => clearInterval(timer);
}
