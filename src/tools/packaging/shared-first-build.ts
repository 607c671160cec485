import { relative, resolve } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";

/** What one build of all makes of each entry point. */
type Outputs = ReadonlyMap<string, Uint8Array>;

/**
 * For a bundler that builds each function by itself, as serverless-esbuild does: the first build of each takes its part
 * of one build of all, which reads every shared module once. Any later build, after an edit, is one of its own.
 *
 * The build of all has the options of the first build, and no plugins.
 *
 * @param entryPoints asked for once, at the first build; paths of TypeScript files
 */
export function sharedFirstBuild(entryPoints: () => readonly string[]): Plugin {
  const taken = new Set<string>();
  let all: Promise<Outputs | undefined> | undefined;
  return {
    name: "claimgate-shared-first-build",
    setup: async ({ initialOptions, onResolve, onLoad }) => {
      const [entry] = Array.isArray(initialOptions.entryPoints) ? initialOptions.entryPoints : [];
      if (typeof entry !== "string") return;
      const file = resolve(entry);
      if (taken.has(file)) return;
      taken.add(file);
      all ??= outputsOf(entryPoints(), initialOptions);
      const contents = (await all)?.get(file);
      // Not among them, or the build of all fails: its own build tells why.
      if (contents === undefined) return;
      onResolve({ filter: /.*/ }, ({ kind, path }) =>
        // The extension is that of the file that is written.
        kind === "entry-point" ? { path: path.replace(/\.ts$/, ".cjs"), namespace: BUILT } : undefined,
      );
      onLoad({ filter: /.*/, namespace: BUILT }, () => ({ contents, loader: "copy" }));
    },
  };
}

const BUILT = "claimgate-built";

/** Undefined where the build fails. */
async function outputsOf(files: readonly string[], options: BuildOptions): Promise<Outputs | undefined> {
  const { plugins: _, ...same } = options;
  try {
    const { outputFiles, metafile } = await build({
      ...same,
      entryPoints: [...files],
      // Files of the same name in several folders stay apart.
      outbase: ".",
      write: false,
      metafile: true,
      logLevel: "silent",
    });
    return new Map(
      outputFiles.flatMap(({ path, contents }) => {
        const entry = metafile.outputs[relative(".", path)]?.entryPoint;
        return entry === undefined ? [] : [[resolve(entry), contents] as const];
      }),
    );
  } catch {
    return undefined;
  }
}
