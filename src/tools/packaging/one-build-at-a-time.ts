/** The part of serverless-esbuild's plugin that builds all functions. */
interface Bundler {
  bundle: () => Promise<void>;
}

/**
 * Lets serverless-esbuild build once for all files that change together. By itself, it builds all functions for each
 * changed file, and all of these builds at the same time: a `git switch` that changed 300 files took 9 GB.
 *
 * @param plugins those of the framework; nothing happens without serverless-esbuild
 */
export function buildOneAtATime(plugins: readonly unknown[]): void {
  for (const plugin of plugins.filter(isBundler)) plugin.bundle = oneAtATime(plugin.bundle);
}

/** Its class has this name; it has no other mark. */
function isBundler(plugin: unknown): plugin is Bundler {
  if (typeof plugin !== "object" || plugin === null || !("bundle" in plugin)) return false;
  return plugin.constructor.name === "EsbuildServerlessPlugin" && typeof plugin.bundle === "function";
}

/**
 * At most one run at a time. Calls during a run wait for one more that they share, which begins after it: each sees
 * everything that happened before its call.
 */
export function oneAtATime(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let following: Promise<void> | undefined;
  const start = (): Promise<void> => {
    following = undefined;
    running = run().finally(() => {
      running = undefined;
    });
    return running;
  };
  return () => {
    if (running === undefined) return start();
    following ??= running.then(start, start);
    return following;
  };
}
